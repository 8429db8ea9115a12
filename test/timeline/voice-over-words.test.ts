import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuraError } from '../../src/protocol/index.ts';
import { wordsFromTiming } from '../../src/timeline/voice-over-words.ts';

const passages = ['Hello, world! This is "Aura".', 'It speaks; you listen.'];
const voice = {
  passages,
  language: 'en',
  durationSeconds: 10,
  speech: [{ startSeconds: 0.5, endSeconds: 9.5 }],
};

type Passages = ReturnType<typeof wordsFromTiming>;

/** Every word as `text start-end` in the recording's time. */
function told(timed: Passages): string[] {
  const round = (seconds: number) => Number(seconds.toFixed(2));
  return timed.flatMap(({ startSeconds, words }) =>
    words.map(
      (word) =>
        `${word.text} ${round(startSeconds + word.startSeconds)}-${round(startSeconds + word.endSeconds)}`,
    ),
  );
}

function assertSound(
  timed: Passages,
  { passages, durationSeconds }: { passages: readonly string[]; durationSeconds: number },
): void {
  assert.equal(timed.length, passages.length);
  let end = 0;
  for (const [index, passage] of timed.entries()) {
    const text = passages[index] ?? '';
    let place = 0;
    for (const word of passage.words) {
      assert.equal(text.slice(word.textStart, word.textEnd), word.text);
      assert.equal(
        text.slice(place, word.textStart).trim(),
        '',
        `nothing visible is left out before ${word.text}`,
      );
      const start = passage.startSeconds + word.startSeconds;
      assert.ok(start >= end - 1e-9, `${word.text} begins at ${start}, before ${end}`);
      assert.ok(word.endSeconds > word.startSeconds, `${word.text} lasts`);
      end = passage.startSeconds + word.endSeconds;
      place = word.textEnd;
    }
    if (passage.words.length > 0) assert.equal(text.slice(place).trim(), '');
    assert.ok(
      Math.abs(passage.startSeconds + passage.durationSeconds - end) < 1e-9 || passage.words.length === 0,
    );
  }
  assert.ok(end <= durationSeconds + 1e-9);
}

const list = [
  { word: 'hello', start: 1, end: 1.4 },
  { word: 'world', start: 1.5, end: 2 },
  { word: 'this', start: 2.5, end: 2.7 },
  { word: 'is', start: 2.7, end: 2.9 },
  { word: 'aura', start: 3, end: 3.5 },
  { word: 'it', start: 5, end: 5.2 },
  { word: 'speaks', start: 5.2, end: 5.8 },
  { word: 'you', start: 6.2, end: 6.4 },
  { word: 'listen', start: 6.5, end: 7 },
];

const exact = [
  ...['Hello, 1-1.4', 'world! 1.5-2', 'This 2.5-2.7', 'is 2.7-2.9', '"Aura". 3-3.5'],
  ...['It 5-5.2', 'speaks; 5.2-5.8', 'you 6.2-6.4', 'listen. 6.5-7'],
];

for (const [name, json] of Object.entries({
  'a list of words': list,
  'words of an object': { text: '…', words: list },
  'segments with words': { segments: [{ text: '…', start: 0, end: 9, words: list }] },
  'a list with "text"': list.map(({ word, start, end }) => ({ text: ` ${word}`, start, end })),
})) {
  test(`${name}: every word is at its time, whatever its case and marks`, () => {
    const timed = wordsFromTiming({ ...voice, timing: JSON.stringify(json) });
    assertSound(timed, voice);
    assert.deepEqual(told(timed), exact);
    assert.equal(timed[1]?.startSeconds, 5);
    assert.equal(timed[1]?.words[0]?.startSeconds, 0);
  });
}

test('words that were said otherwise, left out or added take the time between their neighbours', () => {
  const heard = [
    { word: 'um', start: 0.2, end: 0.6 },
    ...list.slice(0, 1),
    { word: 'wide', start: 1.5, end: 1.8 },
    { word: 'word', start: 1.8, end: 2.1 },
    ...list.slice(2, 4),
    ...list.slice(5),
  ];
  const timed = wordsFromTiming({ ...voice, timing: JSON.stringify(heard) });
  assertSound(timed, voice);
  const words = told(timed);
  assert.equal(words[0], 'Hello, 1-1.4');
  assert.equal(words[1], 'world! 1.5-2.1');
  assert.equal(words[4], '"Aura". 2.9-5');
  assert.equal(words.at(-1), 'listen. 6.5-7');
});

test('where there is no time between two words, one shares that of its neighbour', () => {
  const heard = [...list.slice(0, 3), { word: 'aura', start: 2.7, end: 3.5 }, ...list.slice(5)];
  const timed = wordsFromTiming({ ...voice, timing: JSON.stringify(heard) });
  assertSound(timed, voice);
  assert.deepEqual(told(timed).slice(2, 4), ['This 2.5-2.63', 'is 2.63-2.7']);
});

const vtt = `WEBVTT - a title
Kind: captions

NOTE
made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.500 align:start position:10%
<v Ann>Hello, <i>world</i>!
This is &quot;Aura&quot;.

00:00:05.000 --> 00:00:07.000
It speaks; <00:00:06.200>you listen.
`;

test("WebVTT: a cue's words share its time, and times inside it are kept", () => {
  const timed = wordsFromTiming({ ...voice, timing: `\uFEFF${vtt.replaceAll('\n', '\r\n')}` });
  assertSound(timed, voice);
  const words = told(timed);
  assert.equal(words[0], 'Hello, 1-1.63');
  assert.equal(words[4], '"Aura". 3-3.5');
  assert.deepEqual(words.slice(5), ['It 5-5.3', 'speaks; 5.3-6.2', 'you 6.2-6.47', 'listen. 6.47-7']);
});

test('SRT is read too', () => {
  const srt =
    '1\n00:00:01,000 --> 00:00:03,500\n{\\an8}Hello, world!\nThis is "Aura".\n\n2\n00:00:05,000 --> 00:00:07,000\nIt speaks; you listen.\n';
  const timed = wordsFromTiming({ ...voice, timing: srt });
  assertSound(timed, voice);
  assert.equal(told(timed)[0], 'Hello, 1-1.63');
  assert.equal(timed[1]?.startSeconds, 5);
});

test('cues in another language still say when something is said', () => {
  const srt =
    '1\n00:00:01,000 --> 00:00:03,000\nBonjour à tous\n\n2\n00:00:05,000 --> 00:00:07,000\nVoilà Aurore\n';
  const timed = wordsFromTiming({ ...voice, timing: srt });
  assertSound(timed, voice);
  assert.equal(told(timed)[0]?.split(' ')[1]?.startsWith('1-'), true);
  assert.equal(told(timed).at(-1)?.endsWith('-7'), true);
});

test('without a timing file sentences begin where speech does', () => {
  const speech = [
    { startSeconds: 0.5, endSeconds: 1.6 },
    { startSeconds: 2.4, endSeconds: 3.5 },
    { startSeconds: 5, endSeconds: 7 },
  ];
  const timed = wordsFromTiming({ ...voice, speech });
  assertSound(timed, voice);
  const starts = Object.fromEntries(told(timed).map((word) => [word.split(' ')[0], word.split(' ')[1]]));
  assert.match(starts['Hello,'] ?? '', /^0\.5-/);
  assert.match(starts['world!'] ?? '', /-1\.6$/);
  assert.match(starts['This'] ?? '', /^2\.4-/);
  assert.match(starts['"Aura".'] ?? '', /-3\.5$/);
  assert.match(starts['It'] ?? '', /^5-/);
  assert.match(starts['listen.'] ?? '', /-7$/);
});

test('any text has its words in time: no spaces, marks alone, far too much, none at all', () => {
  const cases = [
    { passages: ['こんにちは世界。今日は良い天気ですね。', 'สวัสดีชาวโลก'], language: 'ja' },
    { passages: ['— … —', 'Then words.', '!!'], language: 'en' },
    { passages: ['word '.repeat(3_000).trim()], language: 'en' },
    { passages: [''], language: 'xx-not-a-language' },
  ];
  for (const { passages, language } of cases) {
    for (const speech of [[], voice.speech, [{ startSeconds: 2, endSeconds: 2.01 }]]) {
      const timed = wordsFromTiming({ ...voice, passages, language, speech });
      assertSound(timed, { passages, durationSeconds: 10 });
    }
    const timed = wordsFromTiming({ ...voice, passages, language, timing: JSON.stringify(list) });
    assertSound(timed, { passages, durationSeconds: 10 });
  }
});

test('a long recording is aligned quickly, repeated words and all', () => {
  const words = Array.from({ length: 6_000 }, (_, index) =>
    index % 3 === 0 ? 'the' : `w${(Math.imul(index * index + 7, 2_654_435_761) >>> 9) % 701}`,
  );
  const heard = words
    .filter((_, index) => index % 50 !== 7)
    .map((word, index) => ({ word, start: index / 3, end: index / 3 + 0.3 }));
  const long = { ...voice, passages: [words.join(' ')], durationSeconds: 2_000 };
  const began = process.cpuUsage();
  const timed = wordsFromTiming({ ...long, timing: JSON.stringify(heard) });
  const { user, system } = process.cpuUsage(began);
  assertSound(timed, long);
  assert.ok(user + system < 5_000_000, `${user + system} µs`);
  const last = timed[0]?.words.at(-1);
  assert.ok(Math.abs((last?.startSeconds ?? 0) - (heard.at(-1)?.start ?? 0)) < 0.01);
});

const broken: Record<string, { timing: string; says: RegExp; line?: number }> = {
  'an empty file': { timing: '', says: /No word/ },
  'no cues': { timing: 'WEBVTT\n\nNOTE nothing here\n', says: /No word/ },
  'broken JSON': { timing: '[{"word": "a", ', says: /not JSON/ },
  'JSON of another shape': { timing: '{"hello": 1}', says: /no list/ },
  'no text': { timing: '[{"start": 1, "end": 2}]', says: /Entry 1 has no "word"/ },
  'a time that is text': { timing: '[{"word": "a", "start": "1", "end": 2}]', says: /"a", needs "start"/ },
  'a negative time': { timing: '[{"word": "a", "start": -1, "end": 2}]', says: /needs "start"/ },
  'an end before its beginning': { timing: '[{"word": "a", "start": 3, "end": 2}]', says: /"a" ends before/ },
  disorder: {
    timing: '[{"word": "a", "start": 3, "end": 4}, {"word": "b", "start": 1, "end": 2}]',
    says: /"b" begins before "a"/,
  },
  'a bad time': { timing: 'WEBVTT\n\n00:61.000 --> 00:62.000\nHello\n', says: /Line 3/, line: 3 },
  'text where a time belongs': {
    timing: '1\n00:00:01,000 --> 00:00:02,000\nHello\n\nworld\n',
    says: /Line 5/,
    line: 5,
  },
  'something else': { timing: 'Dear diary, today nothing happened.', says: /Line 1 is neither/, line: 1 },
};

for (const [name, { timing, says, line }] of Object.entries(broken)) {
  test(`${name} is refused with its place`, () => {
    assert.throws(
      () => wordsFromTiming({ ...voice, timing }),
      (error) => {
        assert.ok(error instanceof AuraError && error.code === 'timing_invalid', String(error));
        assert.match(error.message, says);
        assert.equal(error.place?.line, line);
        return true;
      },
    );
  });
}
