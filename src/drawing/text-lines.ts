import { type DrawingContext, type DrawingSurface, type Layer, openLayer } from './drawing-context.ts';
import type { EnteringLetters, EnteringLine, Strip } from './entering-layer.ts';
import { shapeable } from './shapeable.ts';
import {
  haloReach,
  lineLeft,
  lineTops,
  paintBlock,
  paintHalo,
  type TextAlignment,
  type TextBlock,
} from './text-block.ts';
import { setTextStyle, takesSpacing } from './text-style.ts';
import type { TextLine } from './wrap-text.ts';

/** A block's place on the layer that it was painted on, in pixels. */
export interface OnLayer {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly align: TextAlignment;
  readonly color: string;
  readonly halo?: string | undefined;
}

/** What a line's ink may reach beyond it, above and below, in shares of the type size. */
const overhang = 0.5;

/** A block in pieces, so that its words and letters can come in by themselves. */
export function enteringLetters(surface: DrawingSurface, block: TextBlock, on: OnLayer): EnteringLetters {
  const { halo, ...plain } = on;
  const letters = stripsOf(block, { ...on, air: overhang });
  const shades = stripsOf(block, { ...on, air: haloReach });
  const paintLetters = (context: DrawingContext): void =>
    paintBlock(context, block, { ...plain, tops: letters.tops });
  const paintShade = (context: DrawingContext, color: string): void =>
    paintHalo(context, block, { ...plain, color, tops: shades.tops });
  return {
    layer: paintStrips(surface, { ...letters, width: on.width, paint: paintLetters }),
    shade:
      halo === undefined
        ? undefined
        : paintStrips(surface, { ...shades, width: on.width, paint: (context) => paintShade(context, halo) }),
    lines: letterPlacesOf(surface.context, block, on).flatMap((line, index) => {
      const [strip, shade] = [letters.strips[index], shades.strips[index]];
      return strip && shade ? [{ ...line, strip, shade, softness: block.style.size * softness }] : [];
    }),
  };
}

/** How soft the shade ends where a line is not yet written, in shares of the type size. */
const softness = 1.1;

/** Lines painted apart from each other, each with air for all of its ink. */
interface Strips {
  /** Of each line, where it is painted. */
  readonly tops: readonly number[];
  readonly strips: readonly Strip[];
  readonly height: number;
}

function stripsOf(block: TextBlock, on: OnLayer & { readonly air: number }): Strips {
  const air = Math.ceil(on.air * block.style.size);
  const height = Math.ceil(block.lineHeight) + 1 + 2 * air;
  const lines = lineTops(block, on.y);
  return {
    // On the same fractions of pixels as on the whole layer, or the letters would look different.
    tops: lines.map((top, index) => index * height + air + (top - Math.floor(top))),
    strips: lines.map((top, index) => ({ top: index * height, height, y: Math.floor(top) - air })),
    height: height * lines.length,
  };
}

function paintStrips(
  surface: DrawingSurface,
  of: Strips & { readonly width: number; readonly paint: (context: DrawingContext) => void },
): Layer {
  const { layer, context } = openLayer(surface, of);
  of.paint(context);
  return layer;
}

type LetterPlaces = Pick<EnteringLine, 'direction' | 'gaps' | 'letterEnds'>;

function letterPlacesOf(context: DrawingContext, block: TextBlock, on: OnLayer): LetterPlaces[] {
  context.save();
  setTextStyle(context, block.style);
  context.textAlign = 'left';
  const lines = block.lines.map((line) => ({
    direction: block.direction,
    ...letterPlaces(context, block, { line, left: on.x + lineLeft(block, line, on.align) }),
  }));
  context.restore();
  return lines;
}

/** By how far the text before each letter reaches, so that letters that change shape together are measured together. */
function letterPlaces(
  context: DrawingContext,
  block: TextBlock,
  { line, left }: { readonly line: TextLine; readonly left: number },
): Pick<EnteringLine, 'gaps' | 'letterEnds'> {
  const text = shapeable(block.text.slice(line.start, line.end));
  const isLeftToRight = block.direction === 'ltr';
  const place = (width: number): number => (isLeftToRight ? left + width : left + line.width - width);
  const reach = (end: number): number => context.measureText(text.slice(0, end)).width;
  const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)];
  const ends = letters.map(({ segment, index }) => reach(index + segment.length));
  const letterEnds = ends.map((end, index) => {
    const next = letters[index + 1]?.segment;
    return place(Math.min(end, next === undefined ? end : inkStart(context, next, ends[index + 1] ?? end)));
  });
  const gaps = letters.flatMap(({ segment }, index) => {
    const [from, to] = [place(ends[index - 1] ?? 0), place(ends[index] ?? 0)];
    return /\s/u.test(segment) ? [Math.round((from + to) / 2)] : [];
  });
  return { gaps: isLeftToRight ? gaps : gaps.reverse(), letterEnds };
}

/** Where a letter's own ink begins that reaches to a width: set close, it may begin before the one before it ends. */
function inkStart(context: DrawingContext, letter: string, end: number): number {
  if (!takesSpacing(letter)) return end;
  const { width, actualBoundingBoxLeft } = context.measureText(letter);
  return Math.floor(end - width - actualBoundingBoxLeft);
}
