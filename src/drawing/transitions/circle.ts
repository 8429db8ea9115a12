import { easeInOut } from '../easing.ts';
import type { DrawTransition } from './transition.ts';

/** A circle grows from the middle and shows the scene that comes. */
export const circle: DrawTransition = (context, { leaving, entering, progress, canvas }) => {
  const [x, y] = [canvas.width / 2, canvas.height / 2];
  const radius = Math.hypot(x, y) * easeInOut(progress);
  leaving(context);
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.clip();
  entering(context);
  context.restore();
};
