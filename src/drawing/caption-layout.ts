import type { Cue } from '../timeline/index.ts';
import type { CanvasMetrics, CaptionMetrics } from './canvas-metrics.ts';
import { captionLines } from './caption-lines.ts';
import { type CaptionUnit, placeUnits } from './caption-units.ts';
import type { DrawingContext } from './drawing-context.ts';
import type { Typeface } from './fonts.ts';
import { textDirection } from './text-direction.ts';
import { lineHeightOf, setTextStyle, type TextStyle } from './text-style.ts';
import { breakWidePieces, divideWidePieces, measurePieces, type TextLine } from './wrap-text.ts';

/** A caption with every word in its place, in pixels from the top left of the canvas. */
export interface CaptionLayout {
  readonly style: TextStyle;
  readonly lineHeight: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly units: readonly CaptionUnit[];
}

export interface CaptionRequest {
  readonly cue: Cue;
  readonly metrics: CanvasMetrics;
  readonly face: Typeface;
  readonly weight: number;
  /** Width of a space, in shares of the font's own: the mark of a word takes some of it. */
  readonly wordGap: number;
  /** Larger, and in the middle of the canvas instead of its bottom, when the scene shows nothing else. */
  readonly alone: boolean;
}

const mostLines = 2;
const aloneScale = 1.3;

/** At most two lines, in a box within the safe margins; type smaller than the usual only where it would not fit. */
export function layOutCaption(context: DrawingContext, request: CaptionRequest): CaptionLayout {
  const { cue, metrics, face, weight, wordGap, alone } = request;
  const scale = alone ? aloneScale : 1;
  context.save();
  const { lines, style } = fitLines(context, {
    text: cue.text,
    metrics: metrics.caption,
    wordGap,
    style: { face, weight, size: metrics.caption.size * scale, spacing: 0 },
  });
  const direction = textDirection(cue.text);
  const rows = lines.map((line) => placeUnits(context, { cue, line, direction, wordGap }));
  context.restore();
  const lineHeight = style.size * lineHeightOf(cue.text, 1.34);
  const shrink = style.size / metrics.caption.size;
  const box = placeBox(rows, { metrics, lineHeight, shrink, alone });
  const units = rows.flatMap((row, index) => {
    const left = Math.round((metrics.width - row.width) / 2);
    const top = box.y + metrics.caption.paddingY * shrink + index * lineHeight;
    return row.units.map((unit) => ({ ...unit, x: unit.x + left, y: top }));
  });
  return { style, lineHeight, box, units };
}

/** First smaller type, down to two thirds; then words may be cut; then smaller still. */
function fitLines(
  context: DrawingContext,
  request: {
    readonly text: string;
    readonly metrics: CaptionMetrics;
    readonly wordGap: number;
    readonly style: TextStyle;
  },
): { lines: TextLine[]; style: TextStyle } {
  const { text, metrics, wordGap } = request;
  const smallest = request.style.size * 0.2;
  for (let size = request.style.size; ; size *= 0.95) {
    const style = { ...request.style, size };
    setTextStyle(context, style);
    const maximumWidth = metrics.maximumWidth - 2 * metrics.paddingX;
    const whole = divideWidePieces(context, measurePieces(context, text, wordGap), maximumWidth);
    const mayCut = size < metrics.size * 0.67;
    const measured = mayCut ? breakWidePieces(context, whole, maximumWidth) : whole;
    const lines = captionLines(measured, { maximumWidth, language: style.face.language });
    const fits = lines.length <= mostLines && lines.every((line) => line.width <= maximumWidth);
    if (fits || size < smallest) return { lines, style };
  }
}

function placeBox(
  rows: readonly { readonly width: number }[],
  from: {
    readonly metrics: CanvasMetrics;
    readonly lineHeight: number;
    readonly shrink: number;
    readonly alone: boolean;
  },
): CaptionLayout['box'] {
  const { metrics, shrink } = from;
  const { caption } = metrics;
  const width = Math.max(...rows.map((row) => row.width)) + 2 * caption.paddingX * shrink;
  const height = rows.length * from.lineHeight + 2 * caption.paddingY * shrink;
  const y = boxTop(height, from);
  return { x: (metrics.width - width) / 2, y: Math.round(y), width, height };
}

function boxTop(
  height: number,
  { metrics, alone }: { readonly metrics: CanvasMetrics; readonly alone: boolean },
): number {
  const { position, boxTop: top, boxBottom: bottom } = metrics.caption;
  if (position === 'top') return top;
  if (position === 'middle' || alone) return (metrics.height - height) / 2;
  return bottom - height;
}
