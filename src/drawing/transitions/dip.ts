import { easeInOut } from '../easing.ts';
import type { DrawTransition } from './transition.ts';

/** Into a colour, and out of it. */
export const dip: DrawTransition = (context, { leaving, entering, progress, color, canvas }) => {
  const isLeaving = progress < 0.5;
  (isLeaving ? leaving : entering)(context);
  context.globalAlpha = easeInOut(isLeaving ? 2 * progress : 2 - 2 * progress);
  context.fillStyle = color;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.globalAlpha = 1;
};
