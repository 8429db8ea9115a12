import type { Box } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { easeOut, progressBetween } from '../easing.ts';
import { drawEntering } from '../enter.ts';
import { ownMotion } from './appearances.ts';
import { paintLayer } from './entering-part.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** A bar at its full length, and the edge that it grows from. */
export interface FullBar {
  readonly box: Box;
  readonly color: string;
  readonly from: 'top' | 'bottom' | 'left' | 'right';
  /** Which of the labels it belongs to: bars of one label grow together. */
  readonly label: number;
}

/** How long all bars take, and one of them, in seconds. */
export const growSeconds = 1.5;
const oneBarSeconds = 0.8;

/** Bars that grow one after another. */
export function growingBars(
  surface: DrawingSurface,
  request: SceneRequest,
  { bars, box }: { readonly bars: readonly FullBar[]; readonly box: Box },
): ScenePart {
  const { startSeconds, endSeconds } = ownMotion(request, growSeconds);
  const last = Math.max(1, ...bars.map(({ label }) => label));
  const step = (growSeconds - oneBarSeconds) / last;
  const paintAll = (context: DrawingContext): void => {
    for (const bar of bars) paintBar(context, bar, 1);
  };
  const whole = paintLayer(surface, { box, paint: paintAll });
  return {
    name: 'bars',
    box,
    isGround: true,
    draw: (context, { atSeconds, opacity }) => {
      if (atSeconds >= endSeconds) {
        drawEntering(context, whole, { shown: 1, opacity, motion: 'none', distance: 0 });
        return;
      }
      context.globalAlpha = opacity;
      for (const bar of bars) {
        const start = startSeconds + bar.label * step;
        paintBar(context, bar, easeOut(progressBetween(atSeconds, start, start + oneBarSeconds)));
      }
      context.globalAlpha = 1;
    },
  };
}

/** Round at the end that moves. @param grown 0 to 1. */
function paintBar(context: DrawingContext, { box, color, from }: FullBar, grown: number): void {
  if (grown <= 0) return;
  const upright = from === 'top' || from === 'bottom';
  const width = upright ? box.width : box.width * grown;
  const height = upright ? box.height * grown : box.height;
  const x = from === 'right' ? box.x + box.width - width : box.x;
  const y = from === 'bottom' ? box.y + box.height - height : box.y;
  const radius = Math.min((upright ? width : height) * 0.22, upright ? height : width);
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(
    x,
    y,
    width,
    height,
    [...corners[from]].map((corner) => corner * radius),
  );
  context.fill();
}

/** Which corners are round, clockwise from the top left. */
const corners = {
  bottom: [1, 1, 0, 0],
  top: [0, 0, 1, 1],
  left: [0, 1, 1, 0],
  right: [1, 0, 0, 1],
} as const;
