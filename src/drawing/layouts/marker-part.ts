import type { Appearance } from '../../timeline/index.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import type { PlacedBlock } from '../scene-layout.ts';
import { paintedPart } from './entering-part.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** From a point's letters to the middle of its marker, in shares of the type size. */
const markerAway = 0.72;
const reach = 0.29;

/** What stands before a point. */
export function markerPart(
  surface: DrawingSurface,
  request: SceneRequest,
  at: {
    readonly point: PlacedBlock;
    readonly index: number;
    readonly color: string;
    readonly appears: Appearance;
    readonly rise: number;
  },
): ScenePart {
  const { block, x: left, y: top } = at.point;
  const { size } = block.style;
  const x = block.direction === 'rtl' ? left + block.width + markerAway * size : left - markerAway * size;
  // The middle of small letters.
  const y = top + block.lineHeight / 2 + size * 0.09;
  const box = { x: x - reach * size, y: y - reach * size, width: 2 * reach * size, height: 2 * reach * size };
  const paint = (context: DrawingContext): void => paintMarker(context, at.color, { x, y, size });
  return paintedPart(surface, request, { ...at, name: `marker ${at.index + 1}`, box, paint });
}

/** A small light with a ring around it. */
function paintMarker(
  context: DrawingContext,
  color: string,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): void {
  for (const { radius, opacity } of [
    { radius: reach, opacity: 0.22 },
    { radius: 0.155, opacity: 1 },
  ]) {
    context.fillStyle = withOpacity(color, opacity);
    context.beginPath();
    context.arc(x, y, radius * size, 0, 2 * Math.PI);
    context.fill();
  }
}
