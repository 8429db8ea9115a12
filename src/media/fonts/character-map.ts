/** First and last of characters that follow each other, as code points. */
export type CharacterRange = readonly [first: number, last: number];

/** Which characters a font has, in ascending ranges. */
export type Coverage = readonly CharacterRange[];

/**
 * Reads which characters a font has a letter for from its `cmap` table (OpenType 1.9): the formats 4 and 12, which are the
 * ones that fonts have for Unicode.
 *
 * @throws {RangeError} when it is cut off.
 */
export function readCoverage(cmap: Buffer): Coverage {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => {
    const record = 4 + index * 8;
    return { encoding: cmap.readUInt32BE(record), start: cmap.readUInt32BE(record + 4) };
  });
  const best = encodings
    .map((encoding) => subtables.find((subtable) => subtable.encoding === encoding))
    .find((subtable) => subtable !== undefined);
  if (best === undefined) return [];
  const subtable = cmap.subarray(best.start);
  const format = subtable.readUInt16BE(0);
  return merge(format === 12 ? groups(subtable) : format === 4 ? segments(subtable) : []);
}

export function covers(coverage: Coverage, codePoint: number): boolean {
  let [low, high] = [0, coverage.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = coverage[middle] ?? [0, -1];
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}

export function characterCount(coverage: Coverage): number {
  return coverage.reduce((total, [first, last]) => total + last - first + 1, 0);
}

/** Platform and encoding, the largest first: all of Unicode, then its first plane, then symbols. */
const encodings = [0x0003_000a, 0x0000_0006, 0x0000_0004, 0x0003_0001, 0x0000_0003, 0x0000_0002, 0x0003_0000];

/** Format 12: groups of first character, last character, first glyph. */
function* groups(subtable: Buffer): Generator<CharacterRange> {
  const count = subtable.readUInt32BE(12);
  for (let index = 0; index < count; index += 1) {
    const at = 16 + index * 12;
    const isFirstMissing = subtable.readUInt32BE(at + 8) === 0;
    yield [subtable.readUInt32BE(at) + (isFirstMissing ? 1 : 0), subtable.readUInt32BE(at + 4)];
  }
}

/** Format 4: columns of last characters, first characters, differences, and offsets into a list of glyphs. */
function* segments(subtable: Buffer): Generator<CharacterRange> {
  const columnBytes = subtable.readUInt16BE(6);
  const [ends, starts] = [14, 16 + columnBytes];
  let previous = -1;
  for (let at = 0; at < columnBytes; at += 2) {
    const last = subtable.readUInt16BE(ends + at);
    const first = Math.max(subtable.readUInt16BE(starts + at), previous + 1);
    const deltaAt = starts + columnBytes + at;
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      if (glyphOf(subtable, { code, deltaAt, columnBytes, start: subtable.readUInt16BE(starts + at) }) !== 0)
        yield [code, code];
    }
    previous = Math.max(previous, last);
  }
}

interface SegmentPlace {
  readonly code: number;
  readonly start: number;
  readonly deltaAt: number;
  readonly columnBytes: number;
}

function glyphOf(subtable: Buffer, { code, start, deltaAt, columnBytes }: SegmentPlace): number {
  const delta = subtable.readUInt16BE(deltaAt);
  const offsetAt = deltaAt + columnBytes;
  const offset = subtable.readUInt16BE(offsetAt);
  if (offset === 0) return (code + delta) & 0xffff;
  const glyphAt = offsetAt + offset + (code - start) * 2;
  const glyph = glyphAt + 2 <= subtable.length ? subtable.readUInt16BE(glyphAt) : 0;
  return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
}

/** Joins neighbours. What is not in ascending order is not as the format demands, and left out. */
function merge(ranges: Iterable<CharacterRange>): Coverage {
  const merged: [number, number][] = [];
  for (const [first, last] of ranges) {
    const previous = merged.at(-1);
    if (last < first || last > 0x10_ffff || first <= (previous?.[1] ?? -1)) continue;
    if (previous !== undefined && first === previous[1] + 1) previous[1] = last;
    else merged.push([first, last]);
  }
  return merged;
}
