import { AuraError, limits } from '../../protocol/index.ts';
import { checkSize, readHeader } from '../read-header.ts';
import { embeddedPicture } from './embedded-picture.ts';
import { measureSvg } from './measure-svg.ts';
import { readSvg } from './read-svg.ts';
import { refuseForeign } from './refuse-foreign.ts';
import { allElements, type SvgElement, textIn } from './svg-element.ts';
import { referencesOf } from './svg-references.ts';
import { svgSize } from './svg-size.ts';

/** An SVG picture that may be drawn. */
export interface OpenSvg {
  readonly root: SvgElement;
  /** In pixels, not rounded, where nobody asks for another size. */
  readonly width: number;
  readonly height: number;
  /** All letters that may be drawn. */
  readonly text: string;
}

/**
 * Reads an SVG file and makes sure that it is a drawing and nothing else: no script, nothing outside of the file, no end
 * of elements. Animations are not played: it is drawn as it is before they begin.
 *
 * @throws {AuraError} picture_invalid, with the line and what to do.
 */
export async function openSvg(bytes: Uint8Array, name: string): Promise<OpenSvg> {
  const root = readSvg(bytes, name);
  if (root.name !== 'svg' || !svgNamespaces.has(root.namespace)) {
    throw new AuraError('picture_invalid', `“${name}” is XML, but not SVG: save it as PNG.`);
  }
  refuseForeign(root, name);
  measureSvg(root, name);
  const size = svgSize(root, name);
  checkSize({ width: Math.round(size.width), height: Math.round(size.height) }, name);
  await checkEmbedded(root, name);
  return { root, ...size, text: [...allElements(root)].map(textIn).join('\n') };
}

/** Many files that were made for HTML name none. */
const svgNamespaces = new Set(['', 'http://www.w3.org/2000/svg']);

/** Each embedded picture by itself may be as large as any other; together they may be no larger. */
async function checkEmbedded(root: SvgElement, name: string): Promise<void> {
  let pixels = 0;
  for (const element of allElements(root)) {
    for (const { target, line } of referencesOf(element)) {
      const bytes = embeddedPicture(target);
      if (bytes === undefined) continue;
      const { width, height } = await readHeader(bytes, `${name}, line ${line}`);
      pixels += width * height;
    }
  }
  if (pixels <= limits.picturePixels) return;
  const most = `at most ${limits.picturePixels / 1_000_000} million are possible`;
  throw new AuraError(
    'picture_invalid',
    `The pictures in “${name}” have ${pixels} pixels; ${most}: embed smaller ones.`,
  );
}
