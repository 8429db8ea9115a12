import type { Appearance } from '../../timeline/index.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import type { PlacedBlock } from '../scene-layout.ts';
import { paintedPart } from './entering-part.ts';
import { markerReach, paintMarker } from './paint-marker.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** From a point's letters to the middle of its marker, in shares of the type size. */
const markerAway = 0.72;

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
  const box = {
    x: x - markerReach * size,
    y: y - markerReach * size,
    width: 2 * markerReach * size,
    height: 2 * markerReach * size,
  };
  const paint = (context: DrawingContext): void =>
    paintMarker(context, request.theme.marker, { color: at.color, x, y, size });
  return paintedPart(surface, request, { ...at, name: `marker ${at.index + 1}`, box, paint });
}
