/** Types of NAL units that matter here (ITU-T H.264, table 7-1). */
export const nalTypes = { slice: 1, idrSlice: 5, sequenceParameters: 7, pictureParameters: 8 } as const;

const startCode = Buffer.from([0, 0, 1]);
const longStartCode = Buffer.from([0, 0, 0, 1]);
const twoZeros = Buffer.from([0, 0]);
const escapedZeros = Buffer.from([0, 0, 3]);

export function nalType(unit: Uint8Array): number {
  return (unit[0] ?? 0) & 0x1f;
}

/** The NAL units between the start codes of a byte stream (annex B). Views of it, emulation prevention still in them. */
export function splitNalUnits(stream: Buffer): Buffer[] {
  const units: Buffer[] = [];
  let start = stream.indexOf(startCode);
  while (start >= 0) {
    const next = stream.indexOf(startCode, start + startCode.length);
    let end = next < 0 ? stream.length : next;
    // A zero before a start code belongs to that one: no NAL unit ends with one.
    while (end > start && stream[end - 1] === 0) end -= 1;
    units.push(stream.subarray(start + startCode.length, end));
    start = next;
  }
  return units;
}

/** The byte stream of these NAL units, which are given with their emulation prevention. */
export function joinNalUnits(units: readonly Uint8Array[]): Buffer {
  return Buffer.concat(units.flatMap((unit) => [longStartCode, unit]));
}

/** Takes out emulation prevention. */
export function unescapeNalUnit(unit: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = unit.indexOf(escapedZeros); at >= 0; at = unit.indexOf(escapedZeros, from)) {
    parts.push(unit.subarray(from, at + 2));
    from = at + 3;
  }
  return from === 0 ? unit : Buffer.concat([...parts, unit.subarray(from)]);
}

/** Puts in emulation prevention: a 3 wherever two zeros would be followed by 0, 1, 2 or 3. */
export function escapeNalUnit(unit: Buffer): Buffer {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = unit.indexOf(twoZeros); at >= 0; ) {
    const isEscaped = (unit[at + 2] ?? 0xff) <= 3;
    if (isEscaped) {
      parts.push(unit.subarray(from, at + 2), preventionByte);
      from = at + 2;
    }
    at = unit.indexOf(twoZeros, at + (isEscaped ? 2 : 1));
  }
  return from === 0 ? unit : Buffer.concat([...parts, unit.subarray(from)]);
}

const preventionByte = Buffer.from([3]);
