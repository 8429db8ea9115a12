import { createRequire } from 'node:module';
import { readFontTables } from '../../../src/media/fonts/font-tables.ts';

const require = createRequire(import.meta.url);

/** Local path of a bold font that comes with Aura. */
export function fontFile(name: string, subset: string, format: 'woff' | 'woff2'): string {
  return require.resolve(`@fontsource/${name}/files/${name}-${subset}-700-normal.${format}`);
}

/** The same font as a TTF file (OpenType 1.9). @param changes Tables to put in or, where undefined, to leave out. */
export async function ttfOf(
  woff: Buffer,
  changes: Readonly<Record<string, Buffer | undefined>> = {},
): Promise<Buffer> {
  const original = await readFontTables(woff);
  const tables = Object.entries({ ...Object.fromEntries(original), ...changes })
    .filter((entry): entry is [string, Buffer] => entry[1] !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const header = Buffer.alloc(12 + tables.length * 16);
  header.writeUInt32BE(0x0001_0000, 0);
  header.writeUInt16BE(tables.length, 4);
  let start = header.length;
  const parts = tables.map(([tag, table], index) => {
    const record = 12 + index * 16;
    header.write(tag, record, 'latin1');
    header.writeUInt32BE(start, record + 8);
    header.writeUInt32BE(table.length, record + 12);
    const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
    start += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...parts]);
}
