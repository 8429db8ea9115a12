import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBitReader, createBitWriter } from '../../../src/media/h264/bits.ts';
import {
  escapeNalUnit,
  joinNalUnits,
  splitNalUnits,
  unescapeNalUnit,
} from '../../../src/media/h264/nal-units.ts';

/** Bytes of which most are 0 to 3: where emulation prevention is needed. The same for the same seed. */
function smallBytes(seed: number, length: number): Buffer {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
  const bytes = Buffer.from(Array.from({ length }, () => (next(5) === 0 ? next(256) : next(4))));
  // As every NAL unit: it begins with its type and does not end with a zero.
  bytes[0] = 0x65;
  bytes[length - 1] = 0x80;
  return bytes;
}

test('emulation prevention: nothing looks like a start code, and all comes back', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const unit = smallBytes(seed, 3 + (seed % 60));
    const escaped = escapeNalUnit(unit);
    for (let at = 0; at + 2 < escaped.length; at += 1) {
      const isLikeStartCode = escaped[at] === 0 && escaped[at + 1] === 0 && (escaped[at + 2] ?? 0) < 3;
      assert.ok(!isLikeStartCode, `seed ${seed}: ${escaped.toString('hex')}`);
    }
    assert.deepEqual(unescapeNalUnit(escaped), unit, `seed ${seed}`);
  }
});

test('NAL units are found between start codes of three and of four bytes', () => {
  const units = [1, 2, 3].map((seed) => escapeNalUnit(smallBytes(seed, 40)));
  assert.deepEqual(splitNalUnits(joinNalUnits(units)), units);
  const short = Buffer.concat(units.flatMap((unit) => [Buffer.from([0, 0, 1]), unit]));
  assert.deepEqual(splitNalUnits(short), units);
});

test('numbers come back as they were written', () => {
  const writer = createBitWriter();
  const numbers = [0, 1, 2, 3, 7, 8, 254, 255, 65_535, 2 ** 31];
  for (const number of numbers) {
    writer.unsigned(number);
    writer.signed(-number);
    writer.signed(number);
    writer.flag(number % 2 === 1);
    writer.bits(number, 32);
  }
  writer.align(1);
  const reader = createBitReader(writer.bytes());
  for (const number of numbers) {
    assert.equal(reader.unsigned(), number);
    assert.equal(reader.signed() + number, 0);
    assert.equal(reader.signed(), number);
    assert.equal(reader.flag(), number % 2 === 1);
    assert.equal(reader.bits(32), number);
  }
  assert.throws(() => reader.bits(8), RangeError);
});

test('a number is written as the standard writes it', () => {
  const writer = createBitWriter();
  // ITU-T H.264, table 9-2: 1, 010, 011, 00100, 00101.
  for (const number of [0, 1, 2, 3, 4]) writer.unsigned(number);
  writer.align(0);
  assert.deepEqual([...writer.bytes()], [0b1010_0110, 0b0100_0010, 0b1000_0000]);
});
