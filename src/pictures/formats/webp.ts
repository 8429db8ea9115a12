import { exifMark, type Orientation, readExifOrientation } from './orientation.ts';
import type { PictureHeader } from './picture-header.ts';

/** Reads a WebP file's first chunk (RFC 9649). Undefined when it is of an unknown kind. */
export function readWebp(bytes: Buffer): PictureHeader | undefined {
  if (bytes.length < 30) return undefined;
  const facts = readFirstChunk(bytes, bytes.toString('latin1', 12, 16));
  const orientation = readMarkedOrientation(bytes);
  const isComplete = bytes.readUInt32LE(4) + 8 <= bytes.length;
  return facts && { ...facts, isComplete, ...(orientation && { orientation }) };
}

/** What the decoder turns is EXIF data as the format wants it; it does not know the mark that some programs put in front. */
function readMarkedOrientation(bytes: Buffer): Orientation | undefined {
  for (let at = firstChunk; at + chunkHeaderBytes <= bytes.length; ) {
    const start = at + chunkHeaderBytes;
    const end = start + bytes.readUInt32LE(at + 4);
    const exif = bytes.toString('latin1', at, at + 4) === 'EXIF' ? bytes.subarray(start, end) : undefined;
    if (exif?.toString('latin1', 0, exifMark.length) === exifMark) return readExifOrientation(exif);
    at = end + (end % 2);
  }
  return undefined;
}

const firstChunk = 12;
const chunkHeaderBytes = 8;

const data = 20;

function readFirstChunk(bytes: Buffer, type: string): Omit<PictureHeader, 'isComplete'> | undefined {
  if (type === 'VP8 ') {
    const width = bytes.readUInt16LE(data + 6) & 0x3fff;
    const height = bytes.readUInt16LE(data + 8) & 0x3fff;
    return { width, height, isOpaque: true };
  }
  if (type === 'VP8L') {
    const packed = bytes.readUInt32LE(data + 1);
    const hasAlpha = (packed & (1 << 28)) !== 0;
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, isOpaque: !hasAlpha };
  }
  if (type === 'VP8X') {
    const flags = bytes.readUInt8(data);
    const hasAlphaOrFrames = (flags & 0b0001_0010) !== 0;
    const width = bytes.readUIntLE(data + 4, 3) + 1;
    const height = bytes.readUIntLE(data + 7, 3) + 1;
    return { width, height, isOpaque: !hasAlphaOrFrames };
  }
  return undefined;
}
