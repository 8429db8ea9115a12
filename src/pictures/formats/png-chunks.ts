import { crc32 } from 'node:zlib';

export interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
}

const signatureBytes = 8;

/**
 * A PNG file's chunks, up to IEND or to where the file is cut off or damaged. A chunk is its length (4 bytes), its type (4),
 * its data and a sum over type and data (4), which is checked where the chunk matters.
 */
export function* pngChunks(bytes: Buffer): Generator<PngChunk> {
  let start = signatureBytes;
  while (start + 12 <= bytes.length) {
    const end = start + 12 + bytes.readUInt32BE(start);
    if (end > bytes.length) return;
    const type = bytes.toString('latin1', start + 4, start + 8);
    const isCritical = /^[A-Z]/.test(type);
    if (isCritical && crc32(bytes.subarray(start + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return;
    yield { type, data: bytes.subarray(start + 8, end - 4) };
    if (type === 'IEND') return;
    start = end;
  }
}
