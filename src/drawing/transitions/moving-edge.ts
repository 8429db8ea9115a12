import type { Direction } from '../../protocol/index.ts';
import { type Box, bottomOf, rightOf } from '../box.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { clamp01 } from '../easing.ts';
import type { Size } from '../picture-view.ts';

/** Right and down are 1. */
export const ways = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
} satisfies Record<Direction, { x: number; y: number }>;

/** The canvas cut in two by a straight edge on whole pixels: what has been reached by it, and the rest. */
export function cutCanvas(
  { width, height }: Size,
  direction: Direction,
  share: number,
): { readonly reached: Box; readonly rest: Box } {
  const cutAcross = (length: number): readonly [Box, Box] => [
    { x: 0, y: 0, width: length, height },
    { x: length, y: 0, width: width - length, height },
  ];
  const cutDown = (length: number): readonly [Box, Box] => [
    { x: 0, y: 0, width, height: length },
    { x: 0, y: length, width, height: height - length },
  ];
  const isAcross = direction === 'left' || direction === 'right';
  const length = Math.round(share * (isAcross ? width : height));
  const cut = isAcross ? cutAcross : cutDown;
  if (direction === 'right' || direction === 'down') {
    const [reached, rest] = cut(length);
    return { reached, rest };
  }
  const [rest, reached] = cut((isAcross ? width : height) - length);
  return { reached, rest };
}

/** Paints something moved aside, and only in the box. */
export function paintMoved(
  context: DrawingContext,
  paint: (context: DrawingContext) => void,
  { within, x, y }: { readonly within: Box; readonly x: number; readonly y: number },
): void {
  if (within.width <= 0 || within.height <= 0) return;
  context.save();
  context.beginPath();
  context.rect(within.x, within.y, within.width, within.height);
  context.clip();
  context.translate(x, y);
  paint(context);
  context.restore();
}

/** How strong the edge's shadow is: it comes and goes with the edge, which would else bring it in from one frame to the next. */
export function edgeStrength(eased: number): number {
  return clamp01(12 * Math.min(eased, 1 - eased));
}

const shadowBands = 20;

/** A soft shadow that the box's edge throws ahead of it. `reach` in pixels. */
export function paintShadowAhead(
  context: DrawingContext,
  box: Box,
  {
    direction,
    reach,
    opacity,
  }: { readonly direction: Direction; readonly reach: number; readonly opacity: number },
): void {
  context.fillStyle = '#000000';
  const band = reach / shadowBands;
  for (let index = 0; index < shadowBands; index++) {
    // The bands lie on each other, so that their shares add up towards the edge.
    const length = band * (index + 1);
    context.globalAlpha = (2 * opacity * (shadowBands - index)) / shadowBands ** 2;
    if (direction === 'left') context.fillRect(box.x - length, box.y, length, box.height);
    if (direction === 'right') context.fillRect(rightOf(box), box.y, length, box.height);
    if (direction === 'up') context.fillRect(box.x, box.y - length, box.width, length);
    if (direction === 'down') context.fillRect(box.x, bottomOf(box), box.width, length);
  }
  context.globalAlpha = 1;
}
