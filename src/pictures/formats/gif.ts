import type { PictureHeader } from './picture-header.ts';

const headerBytes = 13;

/** Walks through a GIF file's blocks (GIF89a) to its trailer. Undefined when it has no header. */
export function readGif(bytes: Buffer): PictureHeader | undefined {
  if (bytes.length < headerBytes) return undefined;
  const size = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  const { frameCount, durationSeconds, isComplete } = walkBlocks(bytes);
  return {
    ...size,
    isOpaque: false,
    isComplete,
    ...(frameCount > 1 && { animation: { frameCount, durationSeconds } }),
  };
}

const trailer = 0x3b;
const image = 0x2c;
const extension = 0x21;
const graphicControl = 0xf9;

interface Blocks {
  readonly frameCount: number;
  readonly durationSeconds: number;
  readonly isComplete: boolean;
}

function walkBlocks(bytes: Buffer): Blocks {
  let position = headerBytes + colorTableBytes(bytes.readUInt8(10));
  let frameCount = 0;
  let delay = usualDelay;
  let total = 0;
  for (let introducer = bytes[position]; introducer !== undefined; introducer = bytes[position]) {
    if (introducer === image) {
      position = imageEnd(bytes, position);
      frameCount += 1;
      total += delay;
      delay = usualDelay;
    } else if (introducer === extension) {
      delay = delayOf(bytes, position) ?? delay;
      position = subBlocksEnd(bytes, position + 2);
    } else {
      return { frameCount, durationSeconds: total / 100, isComplete: introducer === trailer };
    }
  }
  return { frameCount, durationSeconds: total / 100, isComplete: false };
}

/** In hundredths of a second: what players, FFmpeg among them, take for a frame that names less than two of them. */
const usualDelay = 10;

/** How long the next frame is shown, in hundredths of a second, where the extension at `start` says it. */
function delayOf(bytes: Buffer, start: number): number | undefined {
  if (bytes[start + 1] !== graphicControl || start + 6 > bytes.length) return undefined;
  const delay = bytes.readUInt16LE(start + 4);
  return delay < 2 ? usualDelay : delay;
}

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
