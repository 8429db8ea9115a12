import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compositionSchema, frameRates } from '../../src/protocol/index.ts';
import { buildTimeline } from '../../src/timeline/index.ts';
import { evenlySpoken, type SceneInput, timelineOf } from './evenly-spoken.ts';

const spoken = (id: string, ...texts: string[]): SceneInput => ({
  id,
  narration: texts.map((text) => ({ text })),
});

test('scenes follow one another without a gap and sum to the whole, at every frame rate', () => {
  const scenes = Array.from({ length: 300 }, (_, index) =>
    spoken(`scene-${index}`, 'Some words '.repeat((index % 5) + 1), 'and one more.'),
  );
  for (const fps of frameRates) {
    const timeline = timelineOf(scenes, { video: { fps } });
    let next = 0;
    for (const scene of timeline.scenes) {
      assert.equal(scene.startFrame, next);
      assert.ok(Number.isInteger(scene.frameCount) && scene.frameCount > 0);
      next += scene.frameCount;
    }
    assert.equal(timeline.frameCount, next);
  }
});

test('speech starts on a sample, once the transition is over, and its scene lasts past it', () => {
  const texts = ['Hello there, everyone.', 'A second passage.'];
  const timeline = timelineOf([spoken('a', ...texts), spoken('b', ...texts)], { video: { fps: 24 } });
  const [a0, a1, b0] = timeline.speech;
  assert.equal(a0?.startSample, 0.4 * 48_000);
  assert.equal(a1?.startSample, 0.4 * 48_000 + Math.ceil(22 * 0.06 * 48_000) + 0.3 * 48_000);
  const second = timeline.scenes[1];
  assert.ok(second);
  assert.deepEqual(second.transition, { kind: 'fade', frameCount: 12, direction: 'left', color: '#000000' });
  assert.equal(b0?.startSample, second.startFrame * 2000 + 12 * 2000 + 0.2 * 48_000);
  const lastEnd = 0.7 + 22 * 0.06 + 0.3 + 17 * 0.06;
  assert.equal(second.frameCount, Math.ceil((lastEnd + 0.6) * 24));
});

test('a silent scene lasts as long as it says, or three seconds', () => {
  const timeline = timelineOf([
    { id: 'a' },
    { id: 'b', durationSeconds: 0.1 },
    { id: 'c', durationSeconds: 4.01 },
  ]);
  assert.deepEqual(
    timeline.scenes.map((scene) => scene.frameCount),
    [90, 3, 121],
  );
});

test('a spoken scene is lengthened to the duration it asks for, never shortened', () => {
  const timeline = timelineOf([
    { ...spoken('a', 'Short.'), durationSeconds: 7 },
    { ...spoken('b', 'A much longer passage than half a second.'), durationSeconds: 0.5 },
  ]);
  assert.equal(timeline.scenes[0]?.frameCount, 210);
  assert.ok((timeline.scenes[1]?.frameCount ?? 0) > 41 * 0.06 * 30);
});

test('no transition is longer than half of either scene, and the first scene has none', () => {
  const fade = { kind: 'fade', durationSeconds: 3 } as const;
  const timeline = timelineOf([
    { id: 'a', durationSeconds: 1, transition: fade },
    { id: 'b', durationSeconds: 10, transition: fade },
    { id: 'c', durationSeconds: 2, transition: fade },
    { id: 'd', durationSeconds: 0.04, transition: fade },
  ]);
  assert.deepEqual(
    timeline.scenes.map((scene) => scene.transition.frameCount),
    [0, 15, 30, 1],
  );
});

test('a point appears when its passage begins', () => {
  const timeline = timelineOf([
    {
      id: 'a',
      points: ['First', 'Second', 'Never named'],
      narration: [
        { text: 'Intro.' },
        { text: 'Now the second.', point: 1 },
        { text: 'The first.', point: 0 },
      ],
    },
  ]);
  const reveal = timeline.scenes[0]?.points.map((point) => Math.round(point.revealSeconds * 48_000));
  assert.deepEqual(reveal, [timeline.speech[2]?.startSample, timeline.speech[1]?.startSample, 0]);
});

test('lines of code are lit while their passage is spoken, all of them before and after', () => {
  const [scene] = timelineOf([
    {
      id: 'a',
      layout: 'code',
      code: { language: 'text', text: 'one\ntwo\nthree' },
      narration: [
        { text: 'Look.' },
        { text: 'One.', lines: { from: 1, to: 1 } },
        { text: 'All of it.' },
        { text: 'Still.' },
        { text: 'Two.', lines: { from: 2, to: 3 } },
      ],
    },
  ]).scenes;
  const focus = scene?.code?.focus ?? [];
  assert.deepEqual(
    focus.map(({ from, to }) => [from, to]),
    [
      [1, 1],
      [1, 3],
      [2, 3],
    ],
  );
  const starts = focus.map(({ startSeconds }) => startSeconds);
  assert.deepEqual(
    starts,
    starts.toSorted((a, b) => a - b),
  );
});

test('a script of one word works', () => {
  const timeline = timelineOf([spoken('a', 'Hi')]);
  assert.deepEqual(
    timeline.scenes[0]?.cues.map((cue) => cue.text),
    ['Hi'],
  );
});

test('a timeline survives JSON', () => {
  const timeline = timelineOf([
    { ...spoken('a', 'One two.'), picture: { source: 'sea.jpg' }, heading: 'Sea' },
  ]);
  assert.deepEqual(JSON.parse(JSON.stringify(timeline)), timeline);
});

test('each passage is asked for once', () => {
  const composition = compositionSchema.parse({
    version: 1,
    title: 'Test',
    scenes: [spoken('a', 'One.', 'Two.'), spoken('b', 'Three.')],
  });
  const asked: string[] = [];
  buildTimeline(composition, (scene, passage) => {
    asked.push(`${scene}.${passage}`);
    return evenlySpoken('Word.');
  });
  assert.deepEqual(asked, ['0.0', '0.1', '1.0']);
});
