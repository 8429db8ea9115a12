import type { TextMotion } from '../protocol/index.ts';
import type { Box } from './box.ts';
import { type DrawingContext, drawPart, drawPicture, type PlacedLayer } from './drawing-context.ts';
import { clamp01, easeOut } from './easing.ts';

/** A layer that comes in. One that is no text needs no lines; it fades in where text would be written. */
export interface EnteringLayer extends PlacedLayer {
  /** Where its words stand, from top to bottom. */
  readonly lines?: readonly EnteringLine[];
}

/** One line of a layer's text. Pixels from the layer's left and top edge. */
export interface EnteringLine {
  /** Lines and what is around them fill the layer without gaps: the first begins at 0, each where the last ended. */
  readonly top: number;
  readonly bottom: number;
  readonly direction: 'ltr' | 'rtl';
  /** Between two words, from left to right; whole pixels. */
  readonly gaps: readonly number[];
  /** Where each letter ends, in the order of reading: its right edge, or in right-to-left text its left one. */
  readonly letterEnds: readonly number[];
}

export interface EnteringState {
  /** 0 to 1 of the way in, even in time: it is eased here. */
  readonly shown: number;
  /** 0 to 1, of all of it. */
  readonly opacity: number;
  readonly motion: TextMotion;
  /** How far `rise` and `stagger` come up from below, in pixels. */
  readonly distance: number;
}

/** Draws a layer on its way in. Once it is in, every motion draws it alike. */
export function drawEntering(context: DrawingContext, placed: EnteringLayer, state: EnteringState): void {
  const { shown, opacity, motion } = state;
  if (opacity <= 0 || shown <= 0) return;
  if (shown >= 1 || motion === 'none') drawAt(context, placed, { alpha: opacity, y: 0 });
  else entering[motion](context, placed, state);
}

type DrawMotion = (context: DrawingContext, placed: EnteringLayer, state: EnteringState) => void;

const fade: DrawMotion = (context, placed, { shown, opacity }) => {
  drawAt(context, placed, { alpha: easeOut(shown) * opacity, y: 0 });
};

const rise: DrawMotion = (context, placed, { shown, opacity, distance }) => {
  const eased = easeOut(shown);
  drawAt(context, placed, { alpha: eased * opacity, y: (1 - eased) * distance });
};

/** Letter by letter, at an even pace, as one types. */
const typewriter: DrawMotion = (context, placed, state) => {
  const { lines = [], layer, x, y } = placed;
  const letterCount = lines.reduce((sum, { letterEnds }) => sum + letterEnds.length, 0);
  if (letterCount === 0) {
    fade(context, placed, state);
    return;
  }
  let written = Math.floor(state.shown * letterCount);
  context.globalAlpha = state.opacity;
  for (const line of lines) {
    const from = writtenPart(line, { written, width: layer.width });
    drawPart(context, layer, { from, to: { x: x + from.x, y: y + from.y } });
    written -= line.letterEnds.length;
    if (written <= 0) break;
  }
  context.globalAlpha = 1;
};

/** How long one word takes to come in, in shares of the time that all of them have. */
const longestShare = 0.5;

/** Word by word, each rising as it comes; in what has no words, all at once. */
const stagger: DrawMotion = (context, placed, state) => {
  const { lines = [], layer, x, y } = placed;
  const words = lines.flatMap((line) => wordsOf(line, layer.width));
  if (words.length === 0) {
    rise(context, placed, state);
    return;
  }
  const share = words.length === 1 ? 1 : longestShare;
  const step = (1 - share) / Math.max(1, words.length - 1);
  for (const [index, from] of words.entries()) {
    const eased = easeOut(clamp01((state.shown - index * step) / share));
    if (eased <= 0) break;
    context.globalAlpha = eased * state.opacity;
    drawPart(context, layer, { from, to: { x: x + from.x, y: y + from.y + (1 - eased) * state.distance } });
  }
  context.globalAlpha = 1;
};

const entering = { rise, fade, typewriter, stagger } satisfies Record<
  Exclude<TextMotion, 'none'>,
  DrawMotion
>;

function drawAt(
  context: DrawingContext,
  { layer, x, y }: EnteringLayer,
  at: { readonly alpha: number; readonly y: number },
): void {
  if (at.alpha <= 0) return;
  context.globalAlpha = at.alpha;
  drawPicture(context, layer, { x, y: y + at.y });
  context.globalAlpha = 1;
}

/** What of a line has been written, in the layer: from the side where it begins to the last letter's end. */
function writtenPart(
  { top, bottom, direction, letterEnds }: EnteringLine,
  { written, width }: { readonly written: number; readonly width: number },
): Box {
  const height = bottom - top;
  if (written >= letterEnds.length) return { x: 0, y: top, width, height };
  if (written <= 0) return { x: 0, y: top, width: 0, height };
  const edge = Math.round(letterEnds[written - 1] ?? 0);
  if (direction === 'ltr') return { x: 0, y: top, width: edge, height };
  return { x: edge, y: top, width: width - edge, height };
}

/** The parts of the layer that hold one word each, in the order of reading. */
function wordsOf({ top, bottom, direction, gaps }: EnteringLine, width: number): Box[] {
  const edges = [0, ...gaps, width];
  const words = edges.slice(1).map((right, index): Box => {
    const x = edges[index] ?? 0;
    return { x, y: top, width: right - x, height: bottom - top };
  });
  return direction === 'ltr' ? words : words.reverse();
}
