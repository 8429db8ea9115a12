import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipTime } from '../../src/timeline/clip-time.ts';

const trim = { startSeconds: 2, endSeconds: 5, speed: 1, loop: false };

test('a clip plays from its start, at its speed', () => {
  assert.equal(clipTime(trim, 0), 2);
  assert.equal(clipTime(trim, 1.5), 3.5);
  assert.equal(clipTime({ ...trim, speed: 2 }, 1), 4);
  assert.equal(clipTime({ ...trim, speed: 0.5 }, 1), 2.5);
  assert.equal(clipTime(trim, -1), 2);
});

test('without a loop its last picture stays, just before the end', () => {
  for (const time of [3, 4, 1000]) {
    const shown = clipTime(trim, time);
    assert.ok(shown < 5 && shown > 4.99, `${shown}`);
  }
});

test('a loop begins again at its end, to the frame, for as long as you like', () => {
  const loop = { startSeconds: 1, endSeconds: 1.1, speed: 1, loop: true };
  for (let frame = 0; frame < 30_000; frame += 1) {
    // Three frames of 1/30 s make one round.
    const expected = 1 + (frame % 3) / 30;
    assert.ok(Math.abs(clipTime(loop, frame / 30) - expected) < 1e-6, `frame ${frame}`);
  }
});

test('a clip without length shows its first picture', () => {
  assert.equal(clipTime({ ...trim, endSeconds: 2, loop: true }, 7), 2);
});
