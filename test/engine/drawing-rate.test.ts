import assert from 'node:assert/strict';
import { it } from 'node:test';
import { advanceRate, type DrawingRate, describeRate, noRate } from '../../src/engine/drawing-rate.ts';

it('is what was drawn of late, in frames a second and times real time', () => {
  assert.deepEqual(describeRate(drawn(noRate, 10), 1 / 25), { framesPerSecond: 30, timesRealTime: 1.2 });
});

it('is unknown in the first moment, and of what stands still', () => {
  assert.equal(describeRate(drawn(noRate, 0.6), 1 / 25), null);
  const still = Array.from({ length: 600 }).reduce<DrawingRate>(
    (rate) => advanceRate(rate, { drawn: rate.drawn, clockSeconds: 0.2 }),
    drawn(noRate, 10),
  );
  assert.equal(describeRate(still, 1 / 25), null);
});

it('does not count the time until the first frame', () => {
  const starting = Array.from({ length: 10 }).reduce<DrawingRate>(
    (rate) => advanceRate(rate, { drawn: 0, clockSeconds: 0.2 }),
    noRate,
  );
  assert.equal(describeRate(starting, 1 / 25), null);
  assert.equal(describeRate(drawn(starting, 1), 1 / 25)?.framesPerSecond, 30);
});

it('begins anew after an outage, whether or not frames were drawn in it', () => {
  for (const inOutage of [0, 18_000]) {
    const before = drawn(noRate, 10);
    const after = advanceRate(before, { drawn: before.drawn + inOutage, clockSeconds: 600 });
    assert.equal(describeRate(after, 1 / 25), null);
    assert.equal(describeRate(drawn(after, 1), 1 / 25)?.framesPerSecond, 30);
  }
});

/** Five reports a second of thirty frames a second. */
function drawn(rate: DrawingRate, seconds: number): DrawingRate {
  return Array.from({ length: seconds * 5 }).reduce<DrawingRate>(
    (last) => advanceRate(last, { drawn: last.drawn + 6, clockSeconds: 0.2 }),
    rate,
  );
}
