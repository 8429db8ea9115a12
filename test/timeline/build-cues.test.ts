import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildCues, type Cue } from '../../src/timeline/index.ts';
import { textWidth } from '../../src/timeline/text-width.ts';
import { evenlySpoken, timelineOf } from './evenly-spoken.ts';

function cuesOf(text: string, { language = 'en', widthBudget = 76, secondsPerLetter = 0.06 } = {}): Cue[] {
  const { words } = evenlySpoken(text, secondsPerLetter);
  return buildCues({ text, words }, { language, widthBudget, offsetSeconds: 0 });
}

const texts = {
  en: 'Aura turns a script into a finished video. You write what is said, and it draws what is seen: pictures, points (in order) and captions — word by word. “Really?” you ask. Yes: it does!',
  ar: 'تحوّل أورا النص إلى فيديو كامل. أنت تكتب ما يقال، وهي ترسم ما يرى، مع ترجمة كلمة بكلمة لكل من يشاهد الفيديو.',
  he: 'אאורה הופכת תסריט לסרטון מוגמר. אתם כותבים את מה שנאמר, והיא מציירת את מה שנראה, מילה אחר מילה.',
  hi: 'ऑरा एक पटकथा को पूरे वीडियो में बदल देती है। आप वह लिखते हैं जो बोला जाता है, और वह दिखाती है जो देखा जाता है।',
  th: 'ออร่าเปลี่ยนบทให้เป็นวิดีโอที่เสร็จสมบูรณ์ คุณเขียนสิ่งที่พูด และมันวาดสิ่งที่เห็นพร้อมคำบรรยายทีละคำสำหรับทุกคน',
  ja: '台本を書くだけで、動画が完成します。話す言葉を書けば、絵と字幕は自動で描かれ、進み具合もその場で見えます。とても簡単です。',
  zh: '只要写好脚本，视频就会自动完成。你写下要说的话，它画出要看的画面，并逐字显示字幕，让每个人都能跟上进度。',
  ko: '대본만 쓰면 영상이 완성됩니다. 말할 내용을 쓰면 그림과 자막이 자동으로 그려지고, 진행 상황도 바로 볼 수 있습니다.',
};

for (const [language, text] of Object.entries(texts)) {
  test(`${language}: every word is in one cue, in order, and every cue is a slice of the text`, () => {
    for (const widthBudget of [40, 52, 76]) {
      const cues = cuesOf(text, { language, widthBudget });
      const words = cues.flatMap((cue) => cue.words.map((word) => word.text));
      assert.deepEqual(
        words,
        evenlySpoken(text).words.map((word) => word.text),
      );
      assert.equal(
        cues
          .map((cue) => cue.text)
          .join(' ')
          .replaceAll(' ', ''),
        text.replaceAll(' ', ''),
      );
      for (const cue of cues) {
        assert.ok(text.includes(cue.text), cue.text);
        assert.ok(textWidth(cue.text) <= widthBudget, cue.text);
        for (const word of cue.words) assert.equal(cue.text.slice(word.textStart, word.textEnd), word.text);
      }
    }
  });
}

test('cues end where sentences and phrases end', () => {
  assert.deepEqual(
    cuesOf(texts.en).map((cue) => cue.text),
    [
      'Aura turns a script into a finished video.',
      'You write what is said, and it draws what is seen:',
      'pictures, points (in order) and captions — word by word.',
      '“Really?” you ask. Yes: it does!',
    ],
  );
  assert.deepEqual(
    cuesOf(texts.ja, { language: 'ja', widthBudget: 52 }).map((cue) => cue.text.at(-1)),
    ['。', '、', '。', '。'],
  );
});

test('no cue of a fast speaker is shorter than 0.7 s when it can join another', () => {
  const cues = cuesOf('Go. Now. Yes. Run. Stop. Then we all walk home together, slowly.', {
    secondsPerLetter: 0.04,
  });
  for (const [index, cue] of cues.entries()) {
    const until = cues[index + 1]?.startSeconds ?? cue.endSeconds + 0.4;
    assert.ok(until - cue.startSeconds >= 0.7, `${cue.text}: ${until - cue.startSeconds}`);
  }
});

test('a word wider than a whole cue is a cue of its own', () => {
  const cues = cuesOf(`Say ${'a'.repeat(80)} now`, { widthBudget: 40 });
  assert.deepEqual(
    cues.map((cue) => cue.text),
    ['Say', 'a'.repeat(80), 'now'],
  );
});

test('line breaks in the script are plain spaces in captions', () => {
  assert.deepEqual(
    cuesOf('one\ntwo\u2028three').map((cue) => cue.text),
    ['one two three'],
  );
});

test('a passage without words has no cue, and a language nobody knows is no error', () => {
  assert.deepEqual(
    buildCues({ text: '…', words: [] }, { language: 'en', widthBudget: 40, offsetSeconds: 0 }),
    [],
  );
  assert.equal(cuesOf('One. Two.', { language: 'en-us-us' }).length, 1);
});

test('cues are gapless while someone speaks, never overlap and end within their scene', () => {
  const narration = Object.values(texts).map((text) => ({ text }));
  const timeline = timelineOf([{ id: 'a', narration }]);
  const scene = timeline.scenes[0];
  assert.ok(scene);
  for (const [index, cue] of scene.cues.entries()) {
    assert.ok(cue.endSeconds > cue.startSeconds);
    const next: Cue | undefined = scene.cues[index + 1];
    if (next !== undefined) assert.equal(cue.endSeconds, next.startSeconds);
    else assert.ok(cue.endSeconds <= scene.frameCount / timeline.fps);
  }
});
