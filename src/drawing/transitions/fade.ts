import { drawPicture } from '../drawing-context.ts';
import { easeInOut } from '../easing.ts';
import type { DrawTransition } from './transition.ts';

/** One scene through the other. */
export const fade: DrawTransition = (context, { leaving, entering, progress, aside }) => {
  leaving(context);
  context.globalAlpha = easeInOut(progress);
  drawPicture(context, aside(entering), { x: 0, y: 0 });
  context.globalAlpha = 1;
};
