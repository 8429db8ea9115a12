import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { slice, unpackedBytes } from './bounds.ts';
import { readWoff2Tables } from './woff2-tables.ts';

/** A font's tables by their tags, e.g. `cmap`. */
export type FontTables = ReadonlyMap<string, Buffer>;

/**
 * Reads the tables of a TTF, OTF, WOFF or WOFF2 file (OpenType 1.9; W3C WOFF 1.0 and 2.0).
 *
 * @throws {Error} saying what is wrong, when it is none of these, is cut off, or unpacks to more than the limit.
 */
export async function readFontTables(bytes: Buffer): Promise<FontTables> {
  const signature = bytes.toString('latin1', 0, 4);
  if (signature === 'wOF2') return await readWoff2Tables(bytes);
  if (signature === 'wOFF') return await readWoffTables(bytes);
  if (signature === 'ttcf')
    throw new Error('it is a collection of several fonts: save the one you want by itself');
  if (!sfntVersions.has(signature)) throw new Error('it does not begin like a font');
  return readSfntTables(bytes);
}

const sfntVersions = new Set(['\0\x01\0\0', 'OTTO', 'true']);

function readSfntTables(bytes: Buffer): FontTables {
  const count = bytes.readUInt16BE(4);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const record = 12 + index * 16;
      const start = bytes.readUInt32BE(record + 8);
      const table = slice(bytes, { start, length: bytes.readUInt32BE(record + 12) });
      return [bytes.toString('latin1', record, record + 4), table];
    }),
  );
}

async function readWoffTables(bytes: Buffer): Promise<FontTables> {
  const tables = new Map<string, Buffer>();
  let total = 0;
  for (let index = 0; index < bytes.readUInt16BE(12); index += 1) {
    const record = 44 + index * 20;
    const start = bytes.readUInt32BE(record + 4);
    const packed = slice(bytes, { start, length: bytes.readUInt32BE(record + 8) });
    const length = bytes.readUInt32BE(record + 12);
    total += length;
    if (total > unpackedBytes) throw new Error(`it unpacks to more than ${unpackedBytes} bytes`);
    const table = packed.length < length ? await inflateAsync(packed, { maxOutputLength: length }) : packed;
    if (table.length !== length) throw new Error('a table of it is damaged');
    tables.set(bytes.toString('latin1', record, record + 4), table);
  }
  return tables;
}

const inflateAsync = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);
