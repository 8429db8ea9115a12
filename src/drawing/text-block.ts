import { withOpacity } from './color.ts';
import type { DrawingContext } from './drawing-context.ts';
import { fillShaped } from './shaped-text.ts';
import { type Direction, textDirection } from './text-direction.ts';
import { rulerSize, textRuler } from './text-ruler.ts';
import { baselineOf, lineHeightOf, setTextStyle, type TextStyle, takesSpacing } from './text-style.ts';
import {
  breakWidePieces,
  divideWidePieces,
  measurePieces,
  type TextLine,
  wrapBalanced,
} from './wrap-text.ts';

/** A wrapped text: nothing in it is wider than it was allowed to be. Pixels. */
export interface TextBlock {
  readonly text: string;
  readonly style: TextStyle;
  readonly direction: Direction;
  readonly lines: readonly TextLine[];
  readonly lineHeight: number;
  /** Of the widest line. */
  readonly width: number;
  readonly height: number;
  /** A word had to be cut to fit the width. */
  readonly cut: boolean;
}

export interface BlockRequest {
  readonly text: string;
  readonly style: TextStyle;
  readonly maximumWidth: number;
  /** In shares of the type size, for Latin. */
  readonly lineHeight: number;
}

export function layOutBlock(context: DrawingContext, request: BlockRequest): TextBlock {
  const { text } = request;
  const style = takesSpacing(text) ? request.style : { ...request.style, spacing: 0 };
  const scale = style.size / rulerSize;
  const maximumWidth = request.maximumWidth / scale;
  const ruler = textRuler(context, style);
  const measured = divideWidePieces(ruler, measurePieces(ruler, text), maximumWidth);
  const cut = measured.pieces.some((piece) => piece.width > maximumWidth);
  const breakable = cut ? breakWidePieces(ruler, measured, maximumWidth) : measured;
  const lines = wrapBalanced({ text: breakable, maximumWidth }).map((line) => ({
    ...line,
    width: line.width * scale,
  }));
  const lineHeight = lineHeightOf(text, request.lineHeight) * style.size;
  const width = Math.max(0, ...lines.map((line) => line.width));
  return {
    text,
    style,
    direction: textDirection(text),
    lines,
    lineHeight,
    width,
    height: lines.length * lineHeight,
    cut,
  };
}

/** On which side of the block its lines stand: `start` is the left in left-to-right text. */
export type TextAlignment = 'start' | 'center' | 'end';

/** Where a block is painted. */
export interface BlockPlace {
  /** Its top left corner. */
  readonly x: number;
  readonly y: number;
  /** Where each line's top is, in pixels, when they do not follow each other from `y` on. */
  readonly tops?: readonly number[] | undefined;
  readonly color: string;
  readonly align?: TextAlignment | undefined;
}

/** @param at.halo Colour of a soft shadow around the letters; none when absent. It reaches `haloReach` type sizes. */
export function paintBlock(
  context: DrawingContext,
  block: TextBlock,
  at: BlockPlace & { readonly halo?: string | undefined },
): void {
  if (at.halo !== undefined) paintHalo(context, block, { ...at, color: at.halo });
  setTextStyle(context, block.style);
  context.fillStyle = at.color;
  context.direction = block.direction;
  paintLines(context, block, at);
}

/** How far a halo reaches beyond the letters, in shares of the type size. */
export const haloReach = 1.2;

/** Narrow shadows keep the letters' edges clear on anything, the wide ones hide where the narrow ones end. */
const shadows = [
  { blur: 1, opacity: 1 },
  { blur: 0.5, opacity: 1 },
  { blur: 0.24, opacity: 1 },
];

export function paintHalo(context: DrawingContext, block: TextBlock, at: BlockPlace): void {
  // The letters themselves stand outside of the layer, or their edges would be painted several times.
  const away = 4 * (block.width + block.style.size);
  context.save();
  setTextStyle(context, block.style);
  context.fillStyle = at.color;
  context.direction = block.direction;
  context.shadowOffsetX = away;
  for (const { blur, opacity } of shadows) {
    context.shadowBlur = blur * block.style.size;
    context.shadowColor = withOpacity(at.color, opacity);
    paintLines(context, block, { ...at, x: at.x - away });
  }
  context.restore();
}

function paintLines(context: DrawingContext, block: TextBlock, at: BlockPlace): void {
  const side = sideOf(block, at.align ?? 'start');
  context.textAlign = side;
  const x = at.x + block.width * anchors[side];
  const baseline = baselineOf({ size: block.style.size, lineHeight: block.lineHeight });
  const tops = at.tops ?? lineTops(block, at.y);
  for (const [index, line] of block.lines.entries()) {
    const text = block.text.slice(line.start, line.end);
    fillShaped(context, text, { x, y: (tops[index] ?? at.y) + baseline });
  }
}

/** Where the tops of the lines are of a block that begins at a height. */
export function lineTops({ lines, lineHeight }: TextBlock, y: number): number[] {
  return lines.map((_, index) => y + index * lineHeight);
}

const anchors = { left: 0, center: 0.5, right: 1 } as const;

/** Where the lines of a block stand, whichever way they are read. */
export function sideOf({ direction }: TextBlock, align: TextAlignment): keyof typeof anchors {
  if (align === 'center') return 'center';
  return (align === 'start') === (direction === 'ltr') ? 'left' : 'right';
}

/** The left edge of one of its lines, in pixels from the block's. */
export function lineLeft(block: TextBlock, line: TextLine, align: TextAlignment): number {
  return (block.width - line.width) * anchors[sideOf(block, align)];
}
