import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffSeconds } from '../../src/sdk/backoff.ts';

function pauses(failures: number, retryHintSeconds?: number): [number, number] {
  const given = { failures, firstSeconds: 0.25, retryHintSeconds };
  return [backoffSeconds({ ...given, random: 0 }), backoffSeconds({ ...given, random: 1 })];
}

test('almost at once after a good connection, then ever later, up to ten seconds', () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((failures) => pauses(failures)),
    [
      [0, 0.25],
      [0.25, 0.5],
      [0.5, 1],
      [1, 2],
    ],
  );
  assert.deepEqual(pauses(20), [5, 10]);
});

test('a server can ask for tries that lie further apart, up to a minute, once they keep failing', () => {
  assert.deepEqual(pauses(0, 30), [0, 0.25]);
  assert.deepEqual(pauses(2, 30), [0.5, 1]);
  assert.deepEqual(pauses(20, 30), [15, 30]);
  assert.deepEqual(pauses(20, 3_600), [30, 60]);
  assert.deepEqual(pauses(20, 2), [5, 10]);
});
