import type { Direction } from '../../protocol/index.ts';
import type { DrawablePicture, DrawingContext } from '../drawing-context.ts';
import type { Size } from '../picture-view.ts';

/** One moment between two scenes. Both go on moving; each painter fills the whole canvas with its scene. */
export interface TransitionMoment {
  readonly canvas: Size;
  /** Over 0 and under 1, even in time. */
  readonly progress: number;
  /** Where what moves goes to. */
  readonly direction: Direction;
  /** #rrggbb: what is gone through. */
  readonly color: string;
  readonly leaving: (context: DrawingContext) => void;
  readonly entering: (context: DrawingContext) => void;
  /** Paints on another canvas as large as the frame, over all of it. */
  readonly aside: (paint: (context: DrawingContext) => void) => DrawablePicture;
}

/** Paints the whole frame. */
export type DrawTransition = (context: DrawingContext, moment: TransitionMoment) => void;
