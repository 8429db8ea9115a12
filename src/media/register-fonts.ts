import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import { type FontFace, fontFaces } from '../drawing/font-faces.ts';
import { fontFacesFor, type ThemeFonts } from '../drawing/fonts.ts';
import { AuraError } from '../protocol/index.ts';

const require = createRequire(import.meta.url);
const registered = new Set<string>();

/** A font of the composition's own. */
export interface OwnFont {
  /** The name it is drawn by, whatever it calls itself. */
  readonly family: string;
  /** Local path of a file that `inspectFont` has found to be one. */
  readonly file: string;
}

interface NeededFonts {
  /** All that will be drawn; every font is registered when absent. */
  readonly text?: string;
  /** Of the theme; those of all themes are registered when absent. */
  readonly themeFonts?: ThemeFonts;
  readonly fonts?: readonly OwnFont[];
}

/**
 * Makes the fonts known to the canvas. The East Asian and emoji fonts take 30 to 170 ms each, so they are left out
 * when the text that will be drawn is given and needs none. Calling it again registers only what is still missing.
 *
 * @throws {AuraError} font_invalid when one of the composition's own cannot be read.
 * @throws {Error} when a font file of Aura's is not there: the installation is incomplete.
 */
export function registerFonts({ text, themeFonts, fonts = [] }: NeededFonts = {}): void {
  for (const { family, file } of fonts) {
    if (!registerFile(file, family))
      throw new AuraError('font_invalid', `The font “${family}” cannot be read.`);
  }
  for (const face of text === undefined ? fontFaces : fontFacesFor(text, themeFonts)) {
    for (const file of filesOf(face)) {
      if (!registerFile(file, face.family)) throw new Error(`The font ${file} cannot be read.`);
    }
  }
}

/** Local paths. */
export function filesOf(face: FontFace): string[] {
  return face.files.map((name) => require.resolve(`${face.package}/${name}`));
}

function registerFile(file: string, family: string): boolean {
  const key = `${family}\n${file}`;
  if (registered.has(key)) return true;
  const isRead = GlobalFonts.registerFromPath(file, family) !== null;
  if (isRead) registered.add(key);
  return isRead;
}
