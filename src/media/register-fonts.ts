import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import { fontFaces, fontFacesFor } from '../drawing/fonts.ts';

const require = createRequire(import.meta.url);
const registered = new Set<string>();

/**
 * Makes the fonts known to the canvas. The East Asian and emoji fonts take 30 to 170 ms each, so they are left out
 * when the text that will be drawn is given and needs none. Calling it again registers only what is still missing.
 *
 * @throws {Error} when a font file is not there: the installation is incomplete.
 */
export function registerFonts({ text }: { readonly text?: string } = {}): void {
  for (const face of text === undefined ? fontFaces : fontFacesFor(text)) {
    for (const name of face.files) registerFile(require.resolve(`${face.package}/${name}`), face.family);
  }
}

function registerFile(file: string, family: string): void {
  if (registered.has(file)) return;
  if (GlobalFonts.registerFromPath(file, family) === null)
    throw new Error(`The font ${file} cannot be read.`);
  registered.add(file);
}
