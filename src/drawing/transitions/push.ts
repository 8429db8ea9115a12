import { easeInOutStrongly } from '../easing.ts';
import { cutCanvas, paintMoved, ways } from './moving-edge.ts';
import type { DrawTransition } from './transition.ts';

/** The scene that comes pushes the other one out. */
export const push: DrawTransition = (context, { leaving, entering, progress, direction, canvas }) => {
  const { reached, rest } = cutCanvas(canvas, direction, easeInOutStrongly(progress));
  const { x, y } = ways[direction];
  paintMoved(context, leaving, { within: rest, x: x * reached.width, y: y * reached.height });
  paintMoved(context, entering, { within: reached, x: -x * rest.width, y: -y * rest.height });
};
