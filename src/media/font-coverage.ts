import { readFile } from 'node:fs/promises';
import { fontFacesFor } from '../drawing/fonts.ts';
import { type Coverage, covers, readCoverage } from './fonts/character-map.ts';
import { readFontTables } from './fonts/font-tables.ts';
import { filesOf, type OwnFont } from './register-fonts.ts';

/**
 * The characters of a text that would be drawn as boxes, because neither the fonts that come with Aura nor the given ones
 * have them: each once, in the order of the text. Fonts of the machine do not count: another machine has others.
 *
 * @throws {Error} when a font cannot be read.
 */
export async function missingCharacters(text: string, fonts: readonly OwnFont[] = []): Promise<string[]> {
  // Composed, as shaping does it: e and an accent are one letter where the font has it.
  const characters = new Set(text.normalize('NFC').match(/[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/gu));
  const files = [...fonts.map(({ file }) => file), ...bundledFiles(text)];
  for (const file of files) {
    if (characters.size === 0) break;
    const coverage = await coverageOf(file);
    for (const character of characters) {
      if (covers(coverage, character.codePointAt(0) ?? 0)) characters.delete(character);
    }
  }
  return [...characters];
}

/** In one weight each: the others have the same characters. Those of themes have next to none that these lack. */
function bundledFiles(text: string): string[] {
  const files = fontFacesFor(text, { heading: [], body: [], mono: [] }).flatMap(filesOf);
  return [
    ...new Map(files.toReversed().map((file) => [file.replace(/-\d+-normal\./, '.'), file])).values(),
  ].reverse();
}

const coverages = new Map<string, Promise<Coverage>>();

/** Files do not change under their name: each is read once. */
function coverageOf(file: string): Promise<Coverage> {
  const known = coverages.get(file);
  if (known !== undefined) return known;
  const coverage = readCoverageOf(file);
  coverages.set(file, coverage);
  // What failed may be there the next time.
  coverage.catch(() => coverages.delete(file));
  return coverage;
}

async function readCoverageOf(file: string): Promise<Coverage> {
  const tables = await readFontTables(await readFile(file));
  return readCoverage(tables.get('cmap') ?? Buffer.alloc(4));
}
