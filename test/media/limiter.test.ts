import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLimiter } from '../../src/media/limiter.ts';

test('no cell goes over the ceiling, and quiet ones keep the gain', () => {
  const peaks = Float32Array.from(
    { length: 5_000 },
    (_, cell) => Math.abs(Math.sin(cell * cell)) * (cell % 97 === 0 ? 2 : 0.3),
  );
  const ceiling = 0.8;
  const limiter = createLimiter(peaks);
  for (const gain of [0.1, 1, 7]) {
    const curve = limiter.curve({ gain, ceiling });
    for (const [cell, peak] of peaks.entries()) {
      const highest = Math.max(curve[cell] ?? 0, curve[cell + 1] ?? 0) * peak;
      assert.ok(highest <= ceiling * 1.000_01, `cell ${cell} reaches ${highest}`);
    }
  }
  assert.ok(limiter.curve({ gain: 0.1, ceiling }).every((gain) => Math.abs(gain - 0.1) < 1e-6));
});

test('one peak is prepared for in 5 ms and forgotten within a second', () => {
  const peaks = new Float32Array(2_000).fill(0.1);
  peaks[1_000] = 2;
  const curve = createLimiter(peaks).curve({ gain: 1, ceiling: 0.5 });
  assert.equal(curve[980], 1);
  assert.equal(curve[1_000], 0.25);
  const way = Array.from(curve.subarray(985, 1_001));
  assert.ok(
    way.every((gain, index) => index === 0 || gain <= (way[index - 1] ?? 0)),
    'straight down',
  );
  assert.ok((curve[1_999] ?? 0) > 0.99);
});
