import type { Box } from '../box.ts';
import { freeRegion } from './free-region.ts';
import { fullVisual } from './ground.ts';
import { headingStrip } from './heading-strip.ts';
import { labelledPictures, labelRoom, neededRoom } from './labelled-pictures.ts';
import type { ArrangedScene, LayoutPainter } from './scene-part.ts';

/**
 * Pictures with labels, below the heading where there is one.
 *
 * @param labelShare Size of the labels, in shares of the theme's points.
 * @param cellsIn Divides what is left for pictures, with room for a label below each.
 */
export function picturesUnderHeading(
  ...[surface, request, labelShare, cellsIn]: [
    ...Parameters<LayoutPainter>,
    labelShare: number,
    cellsIn: (region: Box, below: number) => readonly Box[],
  ]
): ArrangedScene {
  const heading = headingStrip(surface, request, { region: freeRegion(request) });
  const most = labelRoom(request, labelShare);
  const tried = cellsIn(heading.rest, most.height);
  const room = neededRoom(surface.context, request, { cells: tried, room: most });
  const pictures = labelledPictures(surface, request, { cells: cellsIn(heading.rest, room.height), room });
  return {
    visuals: [...fullVisual(request), ...pictures.visuals],
    parts: [...heading.parts, ...pictures.parts],
  };
}
