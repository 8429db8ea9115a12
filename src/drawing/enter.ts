import type { TextMotion } from '../protocol/index.ts';
import { type DrawingContext, drawPicture, type PlacedLayer } from './drawing-context.ts';
import { easeOut } from './easing.ts';

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

/** Draws a layer on its way in. */
export function drawEntering(context: DrawingContext, placed: EnteringLayer, state: EnteringState): void {
  const { shown, motion, distance } = state;
  const eased = motion === 'none' ? Number(shown > 0) : easeOut(shown);
  const alpha = eased * state.opacity;
  if (alpha <= 0) return;
  const rise = motion === 'rise' || motion === 'stagger' ? (1 - eased) * distance : 0;
  context.globalAlpha = alpha;
  drawPicture(context, placed.layer, { x: placed.x, y: placed.y + rise });
  context.globalAlpha = 1;
}
