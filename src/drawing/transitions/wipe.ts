import { easeInOutStrongly } from '../easing.ts';
import { cutCanvas, edgeStrength, paintMoved, paintShadowAhead } from './moving-edge.ts';
import type { DrawTransition } from './transition.ts';

/** An edge goes over the canvas and uncovers the scene that was under it; nothing else moves. */
export const wipe: DrawTransition = (context, { leaving, entering, progress, direction, canvas }) => {
  const eased = easeInOutStrongly(progress);
  const { reached, rest } = cutCanvas(canvas, direction, eased);
  paintMoved(context, leaving, { within: rest, x: 0, y: 0 });
  const reach = 0.012 * Math.max(canvas.width, canvas.height);
  paintShadowAhead(context, reached, { direction, reach, opacity: 0.4 * edgeStrength(eased) });
  paintMoved(context, entering, { within: reached, x: 0, y: 0 });
};
