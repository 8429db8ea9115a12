import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { readFontTables } from '../../src/media/fonts/font-tables.ts';
import { inspectFont } from '../../src/media/inspect-font.ts';
import { limits } from '../../src/protocol/index.ts';
import { fontFile, ttfOf } from './support/font-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-fonts-'));
after(() => rm(folder, { recursive: true }));

async function inspect(bytes: Uint8Array) {
  const file = join(folder, 'font');
  await writeFile(file, bytes);
  return await inspectFont(file, 'brand.ttf');
}

const woff = await readFile(fontFile('inter', 'latin', 'woff'));
const woff2 = await readFile(fontFile('inter', 'latin', 'woff2'));
const ttf = await ttfOf(woff);
const files = { TTF: ttf, WOFF: woff, WOFF2: woff2 };

describe('a font', () => {
  for (const [format, bytes] of Object.entries(files)) {
    it(`may be a ${format}`, async () => {
      const { family, characterCount } = await inspect(bytes);
      assert.equal(family, 'Inter');
      assert.ok(characterCount > 200 && characterCount < 300, `${characterCount}`);
    });

    it(`that is a ${format} and cut off is refused`, async () => {
      for (const share of [0.99, 0.5, 0.1, 0.001]) {
        const error = { code: 'font_invalid', message: /^“brand\.ttf” is not a whole font: / };
        await assert.rejects(inspect(bytes.subarray(0, Math.floor(bytes.length * share))), error, `${share}`);
      }
    });
  }

  it('of Japanese has thousands of characters', async () => {
    const bytes = await readFile(fontFile('noto-sans-jp', 'japanese', 'woff2'));
    assert.ok((await inspect(bytes)).characterCount > 6_000);
  });
});

describe('a font that is none', () => {
  const refused = (bytes: Uint8Array, message: RegExp) =>
    assert.rejects(inspect(bytes), { name: 'AuraError', code: 'font_invalid', message });

  it('is something else under its name', async () => {
    await refused(
      Buffer.from('not a font at all'),
      /^“brand\.ttf” is not a whole font: it does not begin like a font\.$/,
    );
    await refused(Buffer.from('wOF2'), /cut off or damaged/);
    await refused(
      Buffer.from('ttcf\0\x01\0\0\0\0\0\x02', 'latin1'),
      /a collection of several fonts: save the one you want/,
    );
  });

  it('lacks what a font must have', async () => {
    await refused(await ttfOf(woff, { cmap: undefined }), /it has no table “cmap”/);
    await refused(await ttfOf(woff, { glyf: undefined }), /it has no letters in it/);
    await refused(await ttfOf(woff, { cmap: Buffer.from([0, 0, 0, 0]) }), /it has no characters/);
    await refused(
      await ttfOf(woff, { head: Buffer.alloc(54) }),
      /it cannot be opened|nothing it draws can be seen/,
    );
  });

  it('has letters that nobody sees', async () => {
    const outlines = (await readFontTables(woff)).get('loca') ?? Buffer.alloc(0);
    await refused(await ttfOf(woff, { loca: Buffer.alloc(outlines.length) }), /nothing it draws can be seen/);
  });

  it('is small on the disk and endless in memory', async () => {
    const header = Buffer.alloc(48);
    header.write('wOF2', 0, 'latin1');
    header.writeUInt16BE(1, 12);
    const packed = brotliCompressSync(Buffer.alloc(5_000_000));
    header.writeUInt32BE(packed.length, 20);
    const huge = Buffer.from([0, 0xdf, 0xae, 0x88, 0x00]);
    await refused(Buffer.concat([header, huge, packed]), /unpacks to more than 100000000 bytes/);
    const lying = Buffer.from([0, 0x10]);
    await refused(Buffer.concat([header, lying, packed]), /cut off or damaged/);
  });

  it('is too large', async () => {
    const file = join(folder, 'large');
    await writeFile(file, ttf);
    await truncate(file, limits.fontBytes + 1);
    await assert.rejects(inspectFont(file, 'brand.ttf'), {
      code: 'asset_too_large',
      message: '“brand.ttf” has 30000001 bytes; a font may have 30000000.',
    });
  });
});
