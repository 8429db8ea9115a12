import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { canvasMetrics } from '../../src/drawing/canvas-metrics.ts';
import { type CaptionLayout, layOutCaption } from '../../src/drawing/caption-layout.ts';
import { parseColor } from '../../src/drawing/color.ts';
import { wordGaps } from '../../src/drawing/draw-caption.ts';
import { themes, typefaceOf } from '../../src/drawing/index.ts';
import type { Cue, Timeline, TimelineScene } from '../../src/timeline/index.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import { type Box, boxOfDifference, boxOfPixels, plainPicture, type Rendered, render } from './rendered.ts';

const texts = {
  en: 'Aura turns a script into a finished video, and everyone can watch it happen.',
  ar: 'تحوّل أورا النص إلى فيديو كامل في دقائق، ويمكن للجميع المشاهدة.',
  he: 'אאורה הופכת תסריט לסרטון מוגמר תוך דקות, וכולם יכולים לצפות.',
  hi: 'ऑरा एक पटकथा को पूरे वीडियो में बदल देती है, और सब देख सकते हैं।',
  th: 'ออร่าเปลี่ยนบทให้เป็นวิดีโอที่เสร็จสมบูรณ์ คุณเขียนสิ่งที่พูด และมันวาดสิ่งที่เห็น',
  ja: '台本を書くだけで、動画が完成します。話す言葉を書けば、絵と字幕は自動で描かれます。',
  zh: '只要写好脚本，视频就会自动完成。你写下要说的话，它画出要看的画面。',
  ko: '대본만 쓰면 영상이 완성됩니다. 진행 상황도 바로 볼 수 있습니다.',
  emoji: 'Our family 👨‍👩‍👧‍👦 codes 👩🏽‍💻 all day 😀 and then 🇩🇪 sleeps.',
  long: `Say ${'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten'.padEnd(80, 'x')} now.`,
};

const sizes = [
  { name: '16:9', width: 640, height: 360 },
  { name: '9:16', width: 360, height: 640 },
  { name: '1:1', width: 480, height: 480 },
  { name: '4:5', width: 400, height: 500 },
];

const pictures = new Map([['p', plainPicture('#3a6ea5')]]);

function captioned(text: string, video: { width: number; height: number }, language = 'en'): Timeline {
  const scene = { id: 'a', picture: { source: 'p', motion: 'none' as const }, narration: [{ text }] };
  // At 60 frames a second there is a frame in the middle of every word.
  return timelineOf([scene], { video: { width: video.width, height: video.height, fps: 60 }, language });
}

function sceneOf(timeline: Timeline): TimelineScene {
  const scene = timeline.scenes[0];
  assert.ok(scene);
  return scene;
}

function layoutOf(timeline: Timeline, cue: Cue): CaptionLayout {
  return layOutCaption(createCanvas(1, 1).getContext('2d'), {
    cue,
    metrics: canvasMetrics(timeline),
    face: typefaceOf(timeline.language),
    weight: themes[timeline.theme].caption.weight,
    wordGap: wordGaps[timeline.captions.style],
    alone: false,
  });
}

const frameAt = (timeline: Timeline, seconds: number): number => Math.ceil(seconds * timeline.fps);

for (const size of sizes) {
  for (const [language, text] of Object.entries(texts)) {
    test(`${size.name} ${language}: captions stay within the safe margins, in at most two lines`, () => {
      const timeline = captioned(text, size, language.length === 2 ? language : 'en');
      const silent = { ...timeline, captions: { ...timeline.captions, style: 'none' as const } };
      for (const cue of sceneOf(timeline).cues) {
        const frame = frameAt(timeline, cue.startSeconds + 0.05);
        const box = boxOfDifference(render(timeline, frame, pictures), render(silent, frame, pictures));
        assert.ok(box, `no caption is drawn for "${cue.text}"`);
        assert.ok(box.left >= size.width * 0.05 && box.right <= size.width * 0.95, JSON.stringify(box));
        assert.ok(box.top >= size.height * 0.5 && box.bottom <= size.height * 0.95, JSON.stringify(box));
        const layout = layoutOf(timeline, cue);
        assert.ok(new Set(layout.units.map((unit) => unit.y)).size <= 2);
        expectInside(layout);
      }
    });
  }
}

/** Every word is in the box, every word is there, and no two lie on each other. */
function expectInside({ box, units }: CaptionLayout): void {
  for (const [index, unit] of units.entries()) {
    assert.ok(unit.x >= box.x && unit.x + unit.width <= box.x + box.width, unit.text);
    const next = units[index + 1];
    if (next?.y === unit.y) assert.ok(next.x >= unit.x + unit.width - 0.01, `${unit.text} ${next.text}`);
  }
}

function markedBox(frame: Rendered, color: string): Box | undefined {
  const { red, green, blue } = parseColor(color);
  return boxOfPixels(frame, (r, g, b) => Math.abs(r - red) + Math.abs(g - green) + Math.abs(b - blue) < 12);
}

for (const language of ['en', 'ar', 'he', 'hi', 'th', 'ja', 'ko'] as const) {
  test(`${language}: the word being spoken is marked, wherever it stands`, () => {
    const timeline = captioned(texts[language], { width: 960, height: 540 }, language);
    for (const cue of sceneOf(timeline).cues) {
      const layout = layoutOf(timeline, cue);
      for (const [index, word] of cue.words.entries()) {
        const middle = (word.startSeconds + word.endSeconds) / 2;
        const marked = markedBox(
          render(timeline, frameAt(timeline, middle), pictures),
          themes.midnight.caption.spokenBox,
        );
        const units = layout.units.filter((unit) => unit.wordIndex === index);
        assert.ok(marked && units.length > 0, word.text);
        const left = Math.min(...units.map((unit) => unit.x));
        const right = Math.max(...units.map((unit) => unit.x + unit.width));
        const slack = layout.style.size * 0.2;
        assert.ok(Math.abs(marked.left - left) < slack && Math.abs(marked.right - right) < slack, word.text);
        assert.ok(marked.bottom > (units[0]?.y ?? 0) && marked.top < (units[0]?.y ?? 0) + layout.lineHeight);
      }
    }
  });
}

for (const language of ['en', 'ar', 'hi', 'th', 'ja', 'ko'] as const) {
  test(`${language}: the mark leaves air to the words beside it, and without spaces lies on none of them`, () => {
    const timeline = captioned(texts[language], { width: 960, height: 540 }, language);
    const least = ['th', 'ja'].includes(language) ? -0.04 : 0.24;
    for (const cue of sceneOf(timeline).cues) {
      const { units, style } = layoutOf(timeline, cue);
      for (const unit of units) {
        const word = cue.words[unit.wordIndex ?? -1];
        if (word === undefined) continue;
        const middle = (word.startSeconds + word.endSeconds) / 2;
        const frame = render(timeline, frameAt(timeline, middle), pictures);
        const marked = markedBox(frame, themes.midnight.caption.spokenBox);
        assert.ok(marked, word.text);
        for (const other of units.filter(({ y }) => y === unit.y)) {
          if (other.wordIndex === unit.wordIndex) continue;
          const air = Math.max(other.x - marked.right, marked.left - other.x - other.width) / style.size;
          assert.ok(air >= least, `${air} between "${unit.text}" and "${other.text}"`);
        }
      }
    }
  });
}

test('nothing is marked in a long pause, and nothing is shown after it', () => {
  const timeline = captioned('One two.', { width: 640, height: 360 });
  const scene = sceneOf(timeline);
  const cue = scene.cues[0];
  assert.ok(cue);
  const [one, two] = cue.words;
  assert.ok(one && two);
  const late = { ...two, startSeconds: one.endSeconds + 1, endSeconds: one.endSeconds + 1.2 };
  const paused = { ...cue, words: [one, late], endSeconds: late.endSeconds };
  const timed = { ...timeline, scenes: [{ ...scene, frameCount: 120, cues: [paused] }], frameCount: 120 };
  const { spokenBox } = themes.midnight.caption;
  const at = (seconds: number): Rendered => render(timed, frameAt(timed, seconds), pictures);
  assert.ok(markedBox(at(one.startSeconds + 0.01), spokenBox));
  assert.equal(markedBox(at(one.endSeconds + 0.5), spokenBox), undefined);
  const silent = { ...timed, captions: { ...timeline.captions, style: 'none' as const } };
  const after = frameAt(timed, paused.endSeconds + 0.05);
  assert.deepEqual(render(timed, after, pictures).data, render(silent, after, pictures).data);
});

test('words of a right-to-left caption run from the right, Latin words and their numbers inside from the left', () => {
  const text = 'שלום Aura Studio 2 עולם';
  const timeline = captioned(text, { width: 960, height: 540 }, 'he');
  const [cue] = sceneOf(timeline).cues;
  assert.ok(cue);
  const order = layoutOf(timeline, cue).units.map((unit) => unit.text);
  assert.deepEqual(order, ['עולם', 'Aura', 'Studio', '2', 'שלום']);
});
