import type { Box } from '../box.ts';
import type { DrawingContext } from '../drawing-context.ts';
import type { Direction } from '../text-direction.ts';
import { setTextStyle, type TextStyle } from '../text-style.ts';

/** A sign with its ink measured, so that it stands exactly where it is put. Pixels. */
export interface InkedSign {
  readonly sign: string;
  readonly style: TextStyle;
  readonly width: number;
  readonly height: number;
  /** From the ink's top left corner to where the sign is drawn. */
  readonly originX: number;
  readonly originY: number;
}

/** The sign that opens a quotation, pointing away from it. @param language BCP 47. */
export function quotationMark(language: string, direction: Direction): string {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const isRightToLeft = direction === 'rtl';
  if (angleLanguages.has(primary)) return isRightToLeft ? '»' : '«';
  if (primary === 'ja') return '「';
  return isRightToLeft ? '”' : '“';
}

const angleLanguages = new Set([
  'ar',
  'be',
  'el',
  'es',
  'fa',
  'fr',
  'hy',
  'it',
  'nb',
  'nn',
  'no',
  'ru',
  'uk',
]);

export function measureInk(context: DrawingContext, sign: string, style: TextStyle): InkedSign {
  context.save();
  setTextStyle(context, style);
  context.textAlign = 'left';
  context.direction = 'ltr';
  const ink = context.measureText(sign);
  context.restore();
  return {
    sign,
    style,
    width: ink.actualBoundingBoxLeft + ink.actualBoundingBoxRight,
    height: ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent,
    originX: ink.actualBoundingBoxLeft,
    originY: ink.actualBoundingBoxAscent,
  };
}

export function paintInk(
  context: DrawingContext,
  { sign, style, originX, originY }: InkedSign,
  { box, color }: { readonly box: Box; readonly color: string },
): void {
  setTextStyle(context, style);
  context.textAlign = 'left';
  context.direction = 'ltr';
  context.fillStyle = color;
  context.fillText(sign, box.x + originX, box.y + originY);
}
