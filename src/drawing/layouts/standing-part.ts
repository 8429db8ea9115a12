import type { DrawingSurface } from '../drawing-context.ts';
import { objectEntrance } from './appearances.ts';
import { type PaintedPart, paintedPart } from './entering-part.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/**
 * A piece of a chart that comes in where it stands, and that others stand on: its card, its axis. With the heading, unless
 * it says when.
 */
export function standingPart(
  surface: DrawingSurface,
  request: SceneRequest,
  part: Pick<PaintedPart, 'name' | 'box' | 'paint'> & Partial<Pick<PaintedPart, 'appears'>>,
): ScenePart {
  const appears = part.appears ?? objectEntrance(request);
  return paintedPart(surface, request, { ...part, appears, rise: 0, isGround: true });
}
