import { open } from 'node:fs/promises';

export interface Mp4Box {
  /** Four characters, e.g. `moov`. */
  readonly type: string;
  readonly sizeBytes: number;
}

/** The outermost boxes of an MP4, in their order. @throws {Error} when one reaches beyond the end of the file. */
export async function readMp4Boxes(file: string): Promise<Mp4Box[]> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  const boxes: Mp4Box[] = [];
  const header = Buffer.alloc(16);
  for (let position = 0; position < size; ) {
    await handle.read(header, 0, header.length, position);
    const sizeBytes = sizeOf(header, size - position);
    if (sizeBytes < 8 || position + sizeBytes > size) throw new Error(`a box at byte ${position} is cut off`);
    boxes.push({ type: header.toString('latin1', 4, 8), sizeBytes });
    position += sizeBytes;
  }
  return boxes;
}

/** 0 means "to the end", 1 that the size follows in 64 bits. */
function sizeOf(header: Buffer, rest: number): number {
  const size = header.readUInt32BE(0);
  if (size === 0) return rest;
  return size === 1 ? Number(header.readBigUInt64BE(8)) : size;
}
