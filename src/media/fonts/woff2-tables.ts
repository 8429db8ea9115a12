import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { slice, unpackedBytes } from './bounds.ts';

/**
 * The tables of a WOFF2 file (W3C WOFF 2.0, 4 and 5). Outlines (`glyf`, `loca`) and `hmtx` are as they were transformed for
 * packing: not yet those of a font.
 *
 * @throws {Error} when it is cut off or unpacks to more than the limit.
 */
export async function readWoff2Tables(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  if (bytes.toString('latin1', 4, 8) === 'ttcf') throw new Error('it is a collection of several fonts');
  const { entries, end } = readDirectory(bytes);
  const total = entries.reduce((sum, { length }) => sum + length, 0);
  if (total > unpackedBytes) throw new Error(`it unpacks to more than ${unpackedBytes} bytes`);
  const packed = slice(bytes, { start: end, length: bytes.readUInt32BE(20) });
  const unpacked = await brotliAsync(packed, { maxOutputLength: Math.max(total, 1) });
  const tables = new Map<string, Buffer>();
  let start = 0;
  for (const { tag, length } of entries) {
    tables.set(tag, slice(unpacked, { start, length }));
    start += length;
  }
  return tables;
}

const brotliAsync = promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress);

interface Entry {
  readonly tag: string;
  /** In the unpacked data. */
  readonly length: number;
}

const headerBytes = 48;

function readDirectory(bytes: Buffer): { readonly entries: readonly Entry[]; readonly end: number } {
  const entries: Entry[] = [];
  let at = headerBytes;
  const readLength = (): number => {
    let value = 0;
    for (let index = 0; index < 5; index += 1) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value = value * 128 + (byte & 0x7f);
      if ((byte & 0x80) === 0) return value;
    }
    throw new Error('a length in it is damaged');
  };
  for (let index = 0; index < bytes.readUInt16BE(12); index += 1) {
    const flags = bytes.readUInt8(at);
    at += 1;
    const known = knownTags[flags & 0x3f];
    const tag = known ?? bytes.toString('latin1', at, at + 4);
    if (known === undefined) at += 4;
    const original = readLength();
    entries.push({ tag, length: isTransformed(tag, flags >> 6) ? readLength() : original });
  }
  return { entries, end: at };
}

/** Of outlines, version 3 is the untouched one; of all else, version 0. */
function isTransformed(tag: string, version: number): boolean {
  return tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0;
}

/** Their numbers stand for them; 63 is followed by the tag itself. */
const knownTags = (
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX ' +
  'vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat ' +
  'fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
)
  .split(' ')
  .map((tag) => tag.replace('_', ' '));
