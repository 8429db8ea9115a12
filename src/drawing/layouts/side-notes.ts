import { type Box, cutBelow, cutBeside, rightOf } from '../box.ts';
import type { DrawingSurface } from '../drawing-context.ts';
import { wordsOnGround } from './ground.ts';
import { headingAndPoints } from './heading-and-points.ts';
import { readingDirection } from './reading-direction.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** The scene's points beside what it is about, or under it on a tall or square canvas, and what is left for that. */
export function sideNotes(
  surface: DrawingSurface,
  request: SceneRequest,
  region: Box,
): { readonly parts: ScenePart[]; readonly rest: Box } {
  const { points } = request.scene;
  if (points.length === 0) return { parts: [], rest: region };
  const { rest, notes } = divide(request, region);
  const { heading: _, ...withoutHeading } = request.scene;
  const parts = headingAndPoints(
    surface,
    { ...request, scene: withoutHeading },
    {
      region: notes,
      ground: 'beside-picture',
      look: wordsOnGround(request),
      hasMarkers: true,
      mostGrowth: 0.85,
    },
  );
  return { parts, rest };
}

function divide(request: SceneRequest, region: Box): { readonly rest: Box; readonly notes: Box } {
  const { metrics } = request;
  if (metrics.shape !== 'wide') {
    const [rest, notes] = cutBelow(region, region.height * 0.64, 44 * metrics.unit);
    return { rest, notes };
  }
  const gap = 64 * metrics.unit;
  const [rest, notes] = cutBeside(region, region.width * 0.64, gap);
  if (readingDirection(request) === 'ltr') return { rest, notes };
  return {
    rest: { ...rest, x: rightOf(region) - rest.width },
    notes: { ...notes, x: region.x },
  };
}
