import { type Box, cutBelow, cutBeside, wholePixels } from '../box.ts';
import { objectEntrance } from './appearances.ts';
import { ownVisual } from './ground.ts';
import { picturesUnderHeading } from './pictures-under-heading.ts';
import { inReadingDirection } from './reading-direction.ts';
import type { LayoutPainter, SceneRequest, SceneVisual } from './scene-part.ts';

/** Two pictures to compare: with words as cards, the points under them; without, each fills its half of the canvas. */
export const split: LayoutPainter = (surface, request) => {
  const { scene, metrics } = request;
  if (scene.heading === undefined && scene.points.length === 0) {
    return { visuals: fullHalves(request), parts: [] };
  }
  return picturesUnderHeading(surface, request, 0.86, (region, below) =>
    halves(request, region, 44 * metrics.unit).map((cell) => ({ ...cell, height: cell.height - below })),
  );
};

/** Side by side, or one above the other where a tall canvas leaves a tall place. */
function halves({ metrics }: SceneRequest, region: Box, gap: number): Box[] {
  const isTall = metrics.shape === 'tall' && region.height >= region.width;
  const cut = isTall ? cutBelow : cutBeside;
  const length = isTall ? region.height : region.width;
  return [...cut(region, (length - gap) / 2, gap)];
}

function fullHalves(request: SceneRequest): SceneVisual[] {
  const { metrics, scene } = request;
  const canvas = { x: 0, y: 0, width: metrics.width, height: metrics.height };
  const cells = halves(request, canvas, 8 * metrics.unit).map(inReadingDirection(request));
  return scene.pictures.slice(0, 2).flatMap((picture, index) => {
    const box = cells[index];
    if (box === undefined) return [];
    return [
      ownVisual(picture, { box: wholePixels(box), radius: 0, index, appears: objectEntrance(request) }),
    ];
  });
}
