import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Box, parseBoxes, serialiseBox } from '../../src/media/mp4-box-tree.ts';
import { forMovedData } from '../../src/media/mp4-offsets.ts';

const words = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
};

function indexOf(table: Box): Box {
  const media: Box = {
    type: 'mdia',
    content: [{ type: 'minf', content: [{ type: 'stbl', content: [table] }] }],
  };
  return { type: 'moov', content: [{ type: 'trak', content: [media] }] };
}

test('offsets move by the length of the index they are in', () => {
  const moov = indexOf({ type: 'stco', content: words(0, 2, 100, 5_000) });
  const length = serialiseBox(moov).length;
  const moved = forMovedData(moov, { fileBytes: 10_000 });
  assert.deepEqual(moved, indexOf({ type: 'stco', content: words(0, 2, 100 + length, 5_000 + length) }));
});

test('near 4 GB offsets become 64 bits wide, and move by the longer index', () => {
  const last = 2 ** 32 - 50;
  const moov = indexOf({ type: 'stco', content: words(0, 2, 100, last) });
  const moved = forMovedData(moov, { fileBytes: last + 20 });
  const length = serialiseBox(moved).length;
  assert.equal(length, serialiseBox(moov).length + 8);
  const carried = (last + length) % 2 ** 32;
  assert.deepEqual(moved, indexOf({ type: 'co64', content: words(0, 2, 0, 100 + length, 1, carried) }));
});

test('a box tree is written as it was read, and a damaged one is refused', () => {
  const bytes = serialiseBox(indexOf({ type: 'stco', content: words(0, 1, 7) }));
  const [box] = parseBoxes(bytes);
  assert.ok(box !== undefined && serialiseBox(box).equals(bytes));
  assert.throws(() => parseBoxes(bytes.subarray(0, bytes.length - 1)), /cut off/);
});
