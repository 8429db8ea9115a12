import type { PictureHeader } from './picture-header.ts';

/**
 * Reads an AVIF file's boxes (ISO/IEC 14496-12 and 23008-12). Undefined when it names no size. A file may hold several
 * pictures (tiles, a plane of transparency, a thumbnail): the largest is the one that is shown.
 */
export function readAvif(bytes: Buffer): PictureHeader | undefined {
  const meta = [...boxes(bytes, 0, bytes.length)].find(({ type }) => type === 'meta');
  const size = meta && largestSize(bytes, meta.start + flagsBytes, meta.end);
  // Unlike the others, its decoder draws nothing at all of a file that is cut off.
  return size && { ...size, isOpaque: false, isComplete: true };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Box {
  readonly type: string;
  /** Of its content. */
  readonly start: number;
  readonly end: number;
}

const headerBytes = 8;
/** Some boxes begin with a version and flags. */
const flagsBytes = 4;

/** The boxes one after the other, up to the first that does not fit. */
function* boxes(bytes: Buffer, from: number, to: number): Generator<Box> {
  let at = from;
  while (at + headerBytes <= to) {
    const length = bytes.readUInt32BE(at);
    // 0: up to the end.
    const end = length === 0 ? to : at + length;
    if (end > to || end < at + headerBytes) return;
    yield { type: bytes.toString('latin1', at + 4, at + headerBytes), start: at + headerBytes, end };
    at = end;
  }
}

/** Sizes are in meta/iprp/ipco/ispe. */
function largestSize(bytes: Buffer, from: number, to: number): Size | undefined {
  let largest: Size | undefined;
  for (const { type, start, end } of boxes(bytes, from, to)) {
    const size = type === 'ispe' ? readSize(bytes, start, end) : undefined;
    const inner = type === 'iprp' || type === 'ipco' ? largestSize(bytes, start, end) : size;
    if (inner && inner.width * inner.height >= (largest ? largest.width * largest.height : 0))
      largest = inner;
  }
  return largest;
}

function readSize(bytes: Buffer, start: number, end: number): Size | undefined {
  const at = start + flagsBytes;
  return at + 8 > end ? undefined : { width: bytes.readUInt32BE(at), height: bytes.readUInt32BE(at + 4) };
}
