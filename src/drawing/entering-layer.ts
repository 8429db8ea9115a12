import type { TextMotion } from '../protocol/index.ts';
import type { Box } from './box.ts';
import type { Layer, PlacedLayer } from './drawing-context.ts';

/** A layer that comes in. One that is no text needs no letters; it fades in where text would be written. */
export interface EnteringLayer extends PlacedLayer {
  readonly letters?: EnteringLetters | undefined;
}

/** A layer whose letters are known. */
export interface WrittenLayer extends PlacedLayer {
  readonly letters: EnteringLetters;
}

/** The words of a layer in pieces. Together they look like the layer. */
export interface EnteringLetters {
  /** As wide as the layer they are of; each line has a strip for all of its ink, so that no other line is cut with it. */
  readonly layer: Layer;
  /** The shade around the letters of each line, in strips of its own. */
  readonly shade?: Layer | undefined;
  /** From top to bottom. */
  readonly lines: readonly EnteringLine[];
}

/** Whole pixels. */
export interface Strip {
  readonly top: number;
  readonly height: number;
  /** Where its top stands, from the top of the layer it is a part of. */
  readonly y: number;
}

/** One line of a layer's text. Pixels from the layer's left edge. */
export interface EnteringLine {
  /** Of the letters, and of the shade. */
  readonly strip: Strip;
  readonly shade: Strip;
  /** Over how far the shade ends beside the last letter that is written. */
  readonly softness: number;
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

/** A part of a layer, by its sides alone. */
export type Across = Pick<Box, 'x' | 'width'>;

export function partOf({ top, height }: Strip, { x, width }: Across): Box {
  return { x, y: top, width, height };
}
