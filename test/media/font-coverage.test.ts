import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fontFaces } from '../../src/drawing/font-faces.ts';
import { missingCharacters } from '../../src/media/font-coverage.ts';
import { readCoverage } from '../../src/media/fonts/character-map.ts';
import { readFontTables } from '../../src/media/fonts/font-tables.ts';
import { filesOf } from '../../src/media/register-fonts.ts';
import { fontFile } from './support/font-files.ts';

describe('characters that no font has', () => {
  it('are named, each once', async () => {
    assert.deepEqual(await missingCharacters('Old South Arabian: \u{10a80}\u{10a81}\u{10a80}.'), [
      '\u{10a80}',
      '\u{10a81}',
    ]);
    assert.deepEqual(await missingCharacters('বাংলা, தமிழ்'), [...new Set('বাংলাதமிழ்')]);
  });

  const drawn = {
    Latin: 'AßçłőğżþŁ ắộữđ',
    'Latin, composed of letter and accent': 'e\u0301o\u0308n\u0303',
    Greek: 'Ωλάἀ',
    Cyrillic: 'ЖїўҐӘ',
    Arabic: 'عپگڤ٣ ﷺ\u200f',
    Hebrew: 'שץא שָׁלוֹם',
    Devanagari: 'कञड़ॐ क्षत्रिय',
    Thai: 'กฎ฿๙ ที่นี่',
    Japanese: 'あア語々、。「」～',
    Korean: '한국말 값',
    Chinese: '简体边，。！',
    Emoji: '😀👨‍👩‍👧‍👦👩🏽‍💻✈️1️⃣🇩🇪❤️',
    Signs: '←→⇒★☆✓✚①②⑳❶•●■▶▲◆√∑∞≠≤≥±×÷½‰℃™©№“—…€₹₿§¶†',
    'white space and marks nobody sees': 'a\n\t\u00a0\u200b\u200d\u202e\ufeff\u00ad',
  };
  for (const [script, text] of Object.entries(drawn)) {
    it(`${script}: none`, async () => assert.deepEqual(await missingCharacters(text), []));
  }

  it('are in none of the examples', async () => {
    const folder = join(import.meta.dirname, '../../examples');
    const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(md|json)$/.test(name));
    assert.ok(names.length > 0);
    for (const name of names) {
      assert.deepEqual(await missingCharacters(await readFile(join(folder, name), 'utf8')), [], name);
    }
  });

  it('are hardly any of those that the fonts of themes have', async () => {
    const files = fontFaces.filter(({ ofThemes }) => ofThemes === true).flatMap(filesOf);
    assert.ok(files.length > 0);
    const found = new Set<string>();
    for (const file of files) {
      const tables = await readFontTables(await readFile(file));
      for (const [first, last] of readCoverage(tables.get('cmap') ?? Buffer.alloc(4))) {
        for (let code = first; code <= last; code += 1) found.add(String.fromCodePoint(code));
      }
    }
    // Two fonts of themes have three old Greek numerals; a text with them gets a warning it does not need.
    assert.deepEqual(await missingCharacters([...found].join('')), ['ϙ', 'ϛ', 'ϡ']);
  });

  it('are fewer with a font of one’s own', async () => {
    const text = 'Hello \u{10a80} ক';
    const fonts = [{ family: 'Brand', file: fontFile('inter', 'latin', 'woff2') }];
    assert.deepEqual(await missingCharacters(text, fonts), ['\u{10a80}', 'ক']);
  });
});
