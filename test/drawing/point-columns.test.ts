import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointColumns } from '../../src/drawing/point-columns.ts';

test('points stand under one another, and the longest column is the height of all', () => {
  const points = [10, 20, 30, 10, 10].map((height) => ({ height }));
  assert.deepEqual(pointColumns(points, { columnCount: 1, gap: 5 }), {
    places: [0, 15, 40, 75, 90].map((top) => ({ column: 0, top })),
    height: 100,
  });
  const { places, height } = pointColumns(points, { columnCount: 2, gap: 5 });
  assert.deepEqual(
    places.map(({ column, top }) => [column, top]),
    [
      [0, 0],
      [0, 15],
      [0, 40],
      [1, 0],
      [1, 15],
    ],
  );
  assert.equal(height, 70);
  assert.deepEqual(pointColumns([], { columnCount: 2, gap: 5 }), { places: [], height: 0 });
});
