import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactFps, frameRateOf, frameRates, sampleAt, secondsAt } from '../../src/protocol/frame-rates.ts';

test('named rates stand for exact fractions', () => {
  assert.deepEqual(frameRateOf(29.97), { numerator: 30_000, denominator: 1001 });
  assert.deepEqual(frameRateOf(23.976), { numerator: 24_000, denominator: 1001 });
  assert.deepEqual(frameRateOf(59.94), { numerator: 60_000, denominator: 1001 });
  assert.deepEqual(frameRateOf(25), { numerator: 25, denominator: 1 });
  assert.throws(() => frameRateOf(29.9), RangeError);
  assert.throws(() => frameRateOf(0), RangeError);
  for (const fps of frameRates) assert.ok(Math.abs(exactFps(fps) - fps) < 0.000_1, `${fps}`);
});

test('a frame begins at the nearest sample, without drift over four hours', () => {
  for (const fps of frameRates) {
    const { numerator, denominator } = frameRateOf(fps);
    const last = Math.floor(4 * 3600 * exactFps(fps));
    for (const frame of [0, 1, 2, 3, 4, 5, 999, 1001, 86_399, last - 1, last]) {
      const exact = BigInt(frame) * 48_000n * BigInt(denominator);
      const distance = BigInt(sampleAt(frame, fps)) * BigInt(numerator) - exact;
      const doubled = 2n * (distance < 0n ? -distance : distance);
      assert.ok(doubled <= BigInt(numerator), `frame ${frame} at ${fps}`);
    }
  }
  // 30 000 frames at 29.97 are exactly 1001 seconds.
  assert.equal(sampleAt(30_000, 29.97), 1001 * 48_000);
  assert.equal(secondsAt(30_000, 29.97), 1001);
  assert.equal(sampleAt(1, 29.97), 1602);
  assert.equal(sampleAt(5, 29.97), 8008);
});
