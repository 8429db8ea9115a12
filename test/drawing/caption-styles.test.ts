import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import { layOutCaption } from '../../src/drawing/caption-layout.ts';
import { contrastRatio, parseColor } from '../../src/drawing/color.ts';
import { wordGaps } from '../../src/drawing/draw-caption.ts';
import { fontStack, themes, typefaceOf } from '../../src/drawing/index.ts';
import { measureShaped } from '../../src/drawing/shaped-text.ts';
import { shownCues } from '../../src/drawing/shown-cues.ts';
import { type Captions, captionPositions, captionSizes, captionStyles } from '../../src/protocol/index.ts';
import type { Cue, Timeline } from '../../src/timeline/index.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import { type Box, boxOfDifference, plainPicture, render } from './rendered.ts';

const texts = {
  en: 'Aura turns a script into a finished video, and everyone can watch it happen.',
  ar: 'تحوّل أورا النص إلى فيديو كامل في دقائق، ويمكن للجميع المشاهدة.',
  he: 'אאורה הופכת תסריט לסרטון מוגמר תוך דקות, וכולם יכולים לצפות.',
  hi: 'ऑरा एक पटकथा को पूरे वीडियो में बदल देती है, और सब देख सकते हैं।',
  th: 'ออร่าเปลี่ยนบทให้เป็นวิดีโอที่เสร็จสมบูรณ์ คุณเขียนสิ่งที่พูด',
  ja: '台本を書くだけで、動画が完成します。話す言葉を書けば、絵と字幕は自動で描かれます。',
  zh: '只要写好脚本，视频就会自动完成。你写下要说的话，它画出要看的画面。',
  ko: '대본만 쓰면 영상이 완성됩니다. 진행 상황도 바로 볼 수 있습니다.',
  emoji: 'Flags 🏳️‍🌈 🏴‍☠️ 🇩🇪 and hearts ❤️‍🔥 and a family 👨‍👩‍👧‍👦 at work 👩🏽‍💻.',
};
const pictures = new Map([['p', plainPicture('#3a6ea5')]]);
const wide = { width: 320, height: 180 };

function captioned(
  captions: Partial<Captions>,
  { text = texts.en, language = 'en', video = wide } = {},
): Timeline {
  const scene = { id: 'a', picture: { source: 'p', motion: 'none' as const }, narration: [{ text }] };
  return timelineOf([scene], { video: { ...video, fps: 60 }, language, captions });
}

/** Around everything of the caption. */
function captionBox(timeline: Timeline, frame: number): Box | undefined {
  const silent = { ...timeline, captions: { ...timeline.captions, style: 'none' as const } };
  return boxOfDifference(render(timeline, frame, pictures), render(silent, frame, pictures));
}

function cueFrames(timeline: Timeline): number[] {
  const cues = timeline.scenes[0]?.cues ?? [];
  return cues.map(({ startSeconds }) => Math.ceil((startSeconds + 0.1) * 60));
}

for (const style of captionStyles.filter((each) => each !== 'none')) {
  for (const [script, text] of Object.entries(texts)) {
    test(`${style}, ${script}: stays within the margins, at every size and in every place`, () => {
      const language = script.length === 2 ? script : 'en';
      for (const size of captionSizes) {
        for (const position of captionPositions) {
          const timeline = captioned({ style, size, position }, { text, language });
          const [frame = 0] = cueFrames(timeline);
          const box = captionBox(timeline, frame);
          assert.ok(box && box.left >= 320 * 0.03 && box.right <= 320 * 0.97, JSON.stringify(box));
          const { caption } = canvasMetrics(timeline);
          const air = caption.size * 0.75;
          assert.ok(box.top >= caption.boxTop - air && box.bottom <= caption.boxBottom + air, position);
          const middle = (box.top + box.bottom) / 2 / 180;
          const [from, to] = { top: [0, 0.35], middle: [0.42, 0.58], bottom: [0.65, 1] }[position];
          assert.ok(middle > (from ?? 0) && middle < (to ?? 1), `${position}: ${middle}`);
        }
      }
    });
  }
}

const shapes = [wide, { width: 180, height: 320 }, { width: 240, height: 240 }, { width: 240, height: 300 }];

for (const style of captionStyles.filter((each) => each !== 'none')) {
  test(`${style}: the largest captions are at most two lines within the margins, on canvases of all shapes`, () => {
    for (const video of shapes) {
      for (const [script, text] of Object.entries(texts)) {
        const language = script.length === 2 ? script : 'en';
        const timeline = captioned({ style, size: 'large' }, { text, language, video });
        const what = `${script}, ${video.width}x${video.height}`;
        for (const cue of timeline.scenes[0]?.cues ?? []) {
          const { units, box, style: set } = captionLayout(timeline, cue);
          assert.ok(new Set(units.map(({ y }) => y)).size <= 2, `${what}: "${cue.text}"`);
          const { caption } = canvasMetrics(timeline);
          assert.ok(
            box.y >= caption.boxTop - 1,
            `${what} reaches ${caption.boxTop - box.y} above its place, type ${caption.size}`,
          );
          assert.ok(set.size >= 0.6 * caption.size, `${what}: type of ${set.size} of ${caption.size}`);
        }
        const [frame = 0] = cueFrames(timeline);
        const box = captionBox(timeline, frame);
        assert.ok(box && box.left >= video.width * 0.03 && box.right <= video.width * 0.97, what);
        assert.ok(box.top >= 0 && box.bottom <= video.height * 0.97, `${what}: ${JSON.stringify(box)}`);
      }
    }
  });
}

function captionLayout(timeline: Timeline, cue: Cue) {
  return layOutCaption(createCanvas(1, 1).getContext('2d'), {
    cue,
    metrics: canvasMetrics(timeline),
    face: typefaceOf(timeline.language),
    weight: themes[timeline.theme].caption.weight,
    wordGap: wordGaps[timeline.captions.style],
    alone: false,
  });
}

test('a quote is not repeated by captions while its words are spoken; what else is said is', () => {
  const quote = { text: 'A good tool “disappears”\nin the hand, whatever it is for.' };
  const said = (...narration: string[]) =>
    timelineOf([
      { id: 'a', layout: 'quote', quote, points: [], narration: narration.map((text) => ({ text })) },
    ]);
  const own = quote.text.replace('\n', ' ');
  const shown = (timeline: Timeline) =>
    timeline.scenes.flatMap((scene) => shownCues(timeline, scene)).map(({ text }) => text);
  assert.deepEqual(shown(said(own)), []);
  assert.deepEqual(shown(said('Ines once told us:', own, 'In the hand.')), [
    'Ines once told us:',
    'In the hand.',
  ]);
  assert.deepEqual(shown(said('A good tool has a handle.')), ['A good tool has a handle.']);
  const cues = said(own).scenes[0]?.cues ?? [];
  assert.ok(cues.length > 0, 'subtitles have it');
});

test('larger captions are larger, and hold less', () => {
  const measured = captionSizes.map((size) => {
    const timeline = captioned({ style: 'plain', size });
    const longest = Math.max(...(timeline.scenes[0]?.cues ?? []).map((cue) => cue.text.length));
    return { type: canvasMetrics(timeline).caption.size, longest };
  });
  const [small, medium, large] = measured;
  assert.ok(small && medium && large);
  assert.ok(small.type < medium.type && medium.type < large.type);
  assert.ok(small.longest >= medium.longest && medium.longest > large.longest);
});

test('pop: each word jumps as it is spoken, and rests before and after', () => {
  const timeline = captioned({ style: 'pop' }, { text: 'Watch every word jump' });
  const cue = timeline.scenes[0]?.cues[0];
  const [first, second] = cue?.words ?? [];
  assert.ok(cue && first && second);
  const at = (seconds: number) => render(timeline, Math.ceil(seconds * 60), pictures);
  const still = { ...timeline, captions: { ...timeline.captions, style: 'plain' as const } };
  const plainAt = (seconds: number) => render(still, Math.ceil(seconds * 60), pictures);
  assert.deepEqual(plainAt(first.startSeconds + 0.05).data, plainAt(second.startSeconds + 0.05).data);
  const change = boxOfDifference(at(first.startSeconds + 0.2), at(second.startSeconds + 0.3));
  assert.ok(change);
  const height = (seconds: number): number => captionBox(timeline, Math.ceil(seconds * 60))?.top ?? 0;
  assert.ok(height(first.startSeconds + 0.1) < height(cue.words.at(-1)?.endSeconds ?? 0) + 1);
  for (const word of cue.words) {
    const step = boxOfDifference(at(word.startSeconds - 1 / 60), at(word.startSeconds + 0.1));
    assert.ok(step, word.text);
  }
});

test('plain and pop captions are the same in whatever order frames are drawn', () => {
  for (const style of ['plain', 'pop', 'karaoke'] as const) {
    const timeline = captioned({ style });
    const frames = [30, 34, 40, 47, 90, 91, 120, 180];
    const forward = frames.map((frame) => render(timeline, frame, pictures).data);
    const other = structuredClone(timeline);
    const backward = frames.toReversed().map((frame) => render(other, frame, pictures).data);
    assert.deepEqual(backward.reverse(), forward, style);
  }
});

test('an emoji sequence that begins with a sign of text is one picture', () => {
  const context = createCanvas(1, 1).getContext('2d');
  context.font = `700 40px ${fontStack('en')}`;
  const one = measureShaped(context, '😀');
  for (const sequence of ['🏳️‍🌈', '❤️‍🔥', '❤️‍🩹', '⛓️‍💥', '🏳️‍⚧️', '👁️‍🗨️', '👨‍👩‍👧‍👦', '👩🏽‍💻', '🏴‍☠️']) {
    assert.ok(Math.abs(measureShaped(context, sequence) - one) < one * 0.1, sequence);
    const among = measureShaped(context, `a${sequence}b`) - measureShaped(context, 'ab');
    assert.ok(Math.abs(among - one) < one * 0.1, `${sequence} between letters`);
  }
});

test('no line ends in the middle of a phrase when it can end with it', () => {
  const text = 'We wrote it down, and then it was there.';
  const timeline = captioned({ style: 'plain', size: 'large' }, { text, video: { width: 180, height: 320 } });
  const cues = timeline.scenes[0]?.cues.map((cue) => cue.text);
  assert.deepEqual(cues, ['We wrote it down,', 'and then it was there.']);
});

test('letters without a box can be read on their outline, in every theme', () => {
  for (const { name, onPicture } of Object.values(themes)) {
    for (const color of [onPicture.heading, onPicture.accent])
      assert.ok(contrastRatio(parseColor(color), parseColor(onPicture.shade)) >= 4.5, `${name}: ${color}`);
  }
});
