import { drawPicture } from '../drawing-context.ts';
import { easeInOut } from '../easing.ts';
import type { DrawTransition } from './transition.ts';

/** One scene through the other. */
export const fade: DrawTransition = (context, { leaving, entering, progress, spare }) => {
  leaving(context);
  const { layer, context: over } = spare();
  entering(over);
  context.globalAlpha = easeInOut(progress);
  drawPicture(context, layer, { x: 0, y: 0 });
  context.globalAlpha = 1;
};
