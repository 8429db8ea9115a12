import type { PictureHeader } from './picture-header.ts';

const headerBytes = 13;

/** Walks through a GIF file's blocks (GIF89a) to its trailer. Undefined when it has no header. */
export function readGif(bytes: Buffer): PictureHeader | undefined {
  if (bytes.length < headerBytes) return undefined;
  const size = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  let position = headerBytes + colorTableBytes(bytes.readUInt8(10));
  let isComplete = false;
  while (position < bytes.length && !isComplete) {
    const introducer = bytes[position];
    isComplete = introducer === trailer;
    if (introducer === image) position = imageEnd(bytes, position);
    else if (introducer === extension) position = subBlocksEnd(bytes, position + 2);
    else break;
  }
  return { ...size, isOpaque: false, isComplete };
}

const trailer = 0x3b;
const image = 0x2c;
const extension = 0x21;

/** Flags hold whether there is a table (bit 7) and the power of two of its size (bits 0 to 2). */
function colorTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function imageEnd(bytes: Buffer, start: number): number {
  const flags = bytes[start + 9] ?? 0;
  const codeSizeBytes = 1;
  return subBlocksEnd(bytes, start + 10 + colorTableBytes(flags) + codeSizeBytes);
}

/** Data comes in blocks that begin with their length; one of length 0 ends them. */
function subBlocksEnd(bytes: Buffer, start: number): number {
  let position = start;
  for (let length = bytes[position]; length !== undefined; length = bytes[position]) {
    position += 1 + length;
    if (length === 0) return position;
  }
  return bytes.length;
}
