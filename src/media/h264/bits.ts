/** Reads H.264's syntax elements (ITU-T H.264, 7.2 and 9.1) from bytes without emulation prevention. */
export interface BitReader {
  /** Of the next bit, from the first. */
  position(): number;
  /** An unsigned number of up to 32 bits, u(n). */
  bits(count: number): number;
  flag(): boolean;
  /** Exp-Golomb, ue(v). */
  unsigned(): number;
  /** Exp-Golomb, se(v). */
  signed(): number;
}

/** @throws {RangeError} when it is read beyond its end. */
export function createBitReader(bytes: Uint8Array, startBit = 0): BitReader {
  let at = startBit;
  const bit = (): number => {
    const byte = bytes[at >> 3];
    if (byte === undefined) throw new RangeError('the bit stream ends too early');
    const value = (byte >> (7 - (at & 7))) & 1;
    at += 1;
    return value;
  };
  const bits = (count: number): number => {
    let value = 0;
    for (let left = count; left > 0; left -= 1) value = value * 2 + bit();
    return value;
  };
  const unsigned = (): number => {
    let zeros = 0;
    while (bit() === 0) zeros += 1;
    return 2 ** zeros - 1 + bits(zeros);
  };
  return {
    position: () => at,
    bits,
    flag: () => bit() === 1,
    unsigned,
    signed: () => {
      const code = unsigned();
      return code % 2 === 1 ? (code + 1) / 2 : 0 - code / 2;
    },
  };
}

/** Writes what a `BitReader` reads. */
export interface BitWriter {
  bits(value: number, count: number): void;
  flag(value: boolean): void;
  unsigned(value: number): void;
  signed(value: number): void;
  /** Fills the last byte with such bits. */
  align(bit: 0 | 1): void;
  /** Whole bytes only: align first. */
  bytes(): Uint8Array;
}

export function createBitWriter(): BitWriter {
  const written: number[] = [];
  let last = 0;
  let used = 0;
  const bits = (value: number, count: number): void => {
    for (let left = count - 1; left >= 0; left -= 1) {
      last = (last << 1) | (Math.floor(value / 2 ** left) & 1);
      used += 1;
      if (used < 8) continue;
      written.push(last);
      last = 0;
      used = 0;
    }
  };
  const unsigned = (value: number): void => {
    const length = Math.floor(Math.log2(value + 1));
    bits(0, length);
    bits(value + 1, length + 1);
  };
  return {
    bits,
    flag: (value) => bits(value ? 1 : 0, 1),
    unsigned,
    signed: (value) => unsigned(value > 0 ? 2 * value - 1 : -2 * value),
    align: (bit) => {
      while (used > 0) bits(bit, 1);
    },
    bytes: () => Uint8Array.from(written),
  };
}

/** Copies the bits from where the reader stands up to a position. */
export function copyBits(reader: BitReader, writer: BitWriter, endBit: number): void {
  while (reader.position() < endBit) writer.bits(reader.bits(1), 1);
}
