import { easeInOutStrongly } from '../easing.ts';
import { cutCanvas, edgeStrength, paintMoved, paintShadowAhead, ways } from './moving-edge.ts';
import type { DrawTransition } from './transition.ts';

/** How far the scene below gives way, in shares of the canvas, and how dark it gets. */
const giveWay = 0.22;
const dimmed = 0.4;

/** The scene that comes slides over the other one, which gives way a little and goes dark. */
export const slide: DrawTransition = (context, { leaving, entering, progress, direction, canvas }) => {
  const eased = easeInOutStrongly(progress);
  const { reached, rest } = cutCanvas(canvas, direction, eased);
  const { x, y } = ways[direction];
  const aside = { x: Math.round(x * giveWay * reached.width), y: Math.round(y * giveWay * reached.height) };
  paintMoved(context, leaving, { within: rest, ...aside });
  context.globalAlpha = dimmed * eased;
  context.fillStyle = '#000000';
  context.fillRect(rest.x, rest.y, rest.width, rest.height);
  const reach = 0.035 * Math.max(canvas.width, canvas.height);
  paintShadowAhead(context, reached, { direction, reach, opacity: 0.5 * edgeStrength(eased) });
  paintMoved(context, entering, { within: reached, x: -x * rest.width, y: -y * rest.height });
};
