import { AuraError } from '../../protocol/index.ts';
import { attributeOf, type SvgElement } from './svg-element.ts';

/**
 * How large an SVG picture is where nobody asks for another size, in pixels, not rounded.
 *
 * @throws {AuraError} picture_invalid when it does not say.
 */
export function svgSize(root: SvgElement, name: string): { readonly width: number; readonly height: number } {
  const width = pixelsOf(attributeOf(root, 'width'));
  const height = pixelsOf(attributeOf(root, 'height'));
  if (width !== undefined && height !== undefined) return { width, height };
  const box = viewBoxOf(root);
  if (box !== undefined) {
    if (width !== undefined) return { width, height: (width * box.height) / box.width };
    if (height !== undefined) return { width: (height * box.width) / box.height, height };
    return box;
  }
  const todo = 'Give its <svg> a width and a height in pixels, or a viewBox.';
  throw new AuraError('picture_invalid', `“${name}” does not say how large it is. ${todo}`);
}

/** CSS pixels of each unit; em and ex of the usual font size. Shares (%) have no size of their own. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  em: 16,
  ex: 8,
};

function pixelsOf(length: string | undefined): number | undefined {
  const [, number, unit = ''] = /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)([a-z]*)\s*$/i.exec(length ?? '') ?? [];
  const factor = units[unit.toLowerCase()];
  const pixels = Number(number) * (factor ?? Number.NaN);
  return pixels > 0 ? pixels : undefined;
}

function viewBoxOf(root: SvgElement): { readonly width: number; readonly height: number } | undefined {
  const [, , width = 0, height = 0, ...more] = (attributeOf(root, 'viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return width > 0 && height > 0 && more.length === 0 ? { width, height } : undefined;
}
