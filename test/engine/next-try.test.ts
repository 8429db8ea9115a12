import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextTry } from '../../src/engine/webhooks/next-try.ts';
import { retryAfterSeconds } from '../../src/protocol/index.ts';

const createdAt = new Date('2026-01-01T00:00:00.000Z');

/** Seconds after the beginning of every try of a receiver that never answers. */
function triesOf(random: number): number[] {
  const seconds = [0];
  for (let now: Date | undefined = createdAt; now !== undefined; ) {
    now = nextTry({
      tries: seconds.length,
      createdAt,
      now,
      random,
      firstDelaySeconds: 5,
      retryAfterSeconds: 0,
    });
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

test('a receiver puts the next try off, by an hour at most and never past the last one', () => {
  const next = (retryAfterSeconds: number, tries = 1, passedSeconds = 0) => {
    const now = new Date(passedSeconds * 1_000);
    const given = {
      tries,
      now,
      retryAfterSeconds,
      createdAt: new Date(0),
      random: 0.5,
      firstDelaySeconds: 5,
    };
    return (nextTry(given)?.getTime() ?? Number.NaN) / 1_000 - passedSeconds;
  };
  assert.deepEqual([next(0), next(1), next(60), next(999_999)], [5, 5, 60, 3_600]);
  assert.equal(next(60, 8), 5 * 3 ** 7, 'its own pause is the longer one');
  assert.equal(next(3_600, 1, 86_400 - 10), 10);
});

test('Retry-After is seconds or a date, and anything else is nothing', () => {
  const now = new Date('2026-03-14T12:00:00Z');
  const said = (header: string | undefined) => retryAfterSeconds(header, now);
  assert.equal(said(' 120 '), 120);
  assert.equal(said('Sat, 14 Mar 2026 12:01:30 GMT'), 90);
  assert.equal(said('Saturday, 14-Mar-26 12:01:30 GMT'), 90);
  for (const other of [
    undefined,
    '',
    '-5',
    '1.5',
    'soon',
    '2027-01-01',
    'Fri, 13 Mar 2026 12:00:00 GMT',
    'Sun, x',
  ]) {
    assert.equal(said(other), 0, other);
  }
});
