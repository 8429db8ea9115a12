import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { AuraError, limits } from '../protocol/index.ts';
import { type Coverage, characterCount, readCoverage } from './fonts/character-map.ts';
import { readFamilyName } from './fonts/font-names.ts';
import { type FontTables, readFontTables } from './fonts/font-tables.ts';

export interface InspectedFont {
  /** The family it says it is of; the name of the file where it says none. */
  readonly family: string;
  /** How many different characters it can draw. */
  readonly characterCount: number;
}

/**
 * Proves that a file is a font by drawing with it, which belongs in a child process.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} font_invalid; asset_too_large.
 */
export async function inspectFont(file: string, name: string): Promise<InspectedFont> {
  const { size } = await stat(file);
  if (size > limits.fontBytes) {
    throw new AuraError(
      'asset_too_large',
      `“${name}” has ${size} bytes; a font may have ${limits.fontBytes}.`,
    );
  }
  try {
    const tables = await readFontTables(await readFile(file));
    refuseMissing(tables);
    const coverage = readCoverage(tableOf(tables, 'cmap'));
    if (characterCount(coverage) === 0) throw new Error('it has no characters');
    drawLetter(file, coverage);
    const family = readFamilyName(tableOf(tables, 'name')) ?? name;
    return { family, characterCount: characterCount(coverage) };
  } catch (cause) {
    if (cause instanceof AuraError) throw cause;
    const why =
      cause instanceof RangeError
        ? 'it is cut off or damaged'
        : cause instanceof Error
          ? cause.message
          : `${cause}`;
    throw new AuraError('font_invalid', `“${name}” is not a whole font: ${why}.`, { cause });
  }
}

const needed = ['head', 'hhea', 'maxp', 'cmap', 'name'];
/** Where the shapes of letters may be: outlines, or pictures. */
const shapes = ['glyf', 'CFF ', 'CFF2', 'CBDT', 'sbix', 'COLR', 'SVG '];

function refuseMissing(tables: FontTables): void {
  const missing = needed.find((tag) => !tables.has(tag));
  if (missing !== undefined) throw new Error(`it has no table “${missing}”`);
  if (!shapes.some((tag) => tables.has(tag))) throw new Error('it has no letters in it');
}

function tableOf(tables: FontTables, tag: string): Buffer {
  return tables.get(tag) ?? Buffer.alloc(0);
}

/** The proof: whatever the tables say, a letter must appear. */
function drawLetter(file: string, coverage: Coverage): void {
  const family = `inspected-${randomUUID()}`;
  const key = GlobalFonts.registerFromPath(file, family);
  if (key === null) throw new Error('it cannot be opened');
  try {
    if (!firstLetters(coverage).some((letter) => hasInk(letter, family)))
      throw new Error('nothing it draws can be seen');
  } finally {
    GlobalFonts.remove(key);
  }
}

/** A few that are not white space, where the font has them. */
function firstLetters(coverage: Coverage): string[] {
  const letters: string[] = [];
  for (const [first, last] of coverage) {
    for (let code = first; code <= last && letters.length < mostTried; code += 1) {
      const letter = String.fromCodePoint(code);
      if (/[^\s\p{C}\p{M}]/u.test(letter) || /\p{Co}/u.test(letter)) letters.push(letter);
    }
  }
  return letters;
}

const mostTried = 50;

function hasInk(letter: string, family: string): boolean {
  const canvas = createCanvas(64, 64);
  const context = canvas.getContext('2d');
  context.font = `32px "${family}"`;
  context.fillText(letter, 16, 44);
  return canvas.data().some((value) => value > 0);
}
