import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextTry } from '../../src/engine/webhooks/next-try.ts';

const createdAt = new Date('2026-01-01T00:00:00.000Z');

/** Seconds after the beginning of every try of a receiver that never answers. */
function triesOf(random: number): number[] {
  const seconds = [0];
  for (let now: Date | undefined = createdAt; now !== undefined; ) {
    now = nextTry({ tries: seconds.length, createdAt, now, random, firstDelaySeconds: 5 });
    if (now !== undefined) seconds.push((now.getTime() - createdAt.getTime()) / 1_000);
  }
  return seconds;
}

test('tries grow rarer, up to every four hours, and the last is a day after the first', () => {
  const seconds = triesOf(0.5);
  assert.deepEqual(seconds.slice(0, 5), [0, 5, 20, 65, 200]);
  assert.equal(seconds.at(-1), 24 * 3_600);
  const pauses = seconds.slice(1).map((at, index) => at - (seconds[index] ?? 0));
  assert.ok(pauses.every((pause) => pause <= 4 * 3_600));
  assert.equal(seconds.length, 14);
});

test('two receivers that fail at the same time are not tried in step', () => {
  assert.deepEqual(triesOf(0).slice(1, 3), [4, 16]);
  assert.deepEqual(triesOf(1).slice(1, 3), [6, 24]);
});
