import { open } from 'node:fs/promises';

/**
 * Whether a file ends earlier than its own format says. FFmpeg reads what is there of a Matroska file or a GIF and calls
 * that all; an MP4 tells by its index.
 */
export async function endsEarly(file: string): Promise<boolean> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  const head = await handle.read(Buffer.alloc(Math.min(size, headBytes)), 0, null, 0);
  if (head.buffer.toString('latin1', 0, 3) === 'GIF') {
    const tail = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
    return tail.buffer[0] !== gifTrailer;
  }
  return size < (matroskaEnd(head.buffer) ?? 0);
}

/** More than any Matroska file has in front of its segment. */
const headBytes = 4_096;
const gifTrailer = 0x3b;

/** Where the segment, which is all of a Matroska file but its first element, ends; undefined when it does not tell. */
function matroskaEnd(head: Buffer): number | undefined {
  if (head.length < 8 || head.readUInt32BE(0) !== ebmlId) return undefined;
  const first = readSize(head, 4);
  if (first?.value === undefined) return undefined;
  const segment = first.end + first.value;
  if (segment + 4 > head.length || head.readUInt32BE(segment) !== segmentId) return undefined;
  const size = readSize(head, segment + 4);
  return size?.value === undefined ? undefined : size.end + size.value;
}

const ebmlId = 0x1a45dfa3;
const segmentId = 0x18538067;

/** An EBML size: as many zero bits as further bytes, a one, the number. All ones mean that it is not known. */
function readSize(bytes: Buffer, at: number): { value: number | undefined; end: number } | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let value = BigInt(first) & ((1n << BigInt(8 - length)) - 1n);
  for (const byte of bytes.subarray(at + 1, at + length)) value = (value << 8n) | BigInt(byte);
  const isUnknown = value === (1n << BigInt(7 * length)) - 1n;
  return { value: isUnknown ? undefined : Number(value), end: at + length };
}
