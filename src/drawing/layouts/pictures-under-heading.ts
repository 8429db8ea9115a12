import type { Box } from '../box.ts';
import { freeRegion } from './free-region.ts';
import { fullVisual } from './ground.ts';
import { headingStrip } from './heading-strip.ts';
import { type LabelRoom, labelledPictures } from './labelled-pictures.ts';
import type { ArrangedScene, LayoutPainter } from './scene-part.ts';

/** Pictures with labels, below the heading where there is one. @param cellsIn Divides what is left for pictures. */
export function picturesUnderHeading(
  ...[surface, request, room, cellsIn]: [
    ...Parameters<LayoutPainter>,
    room: LabelRoom,
    cellsIn: (region: Box) => readonly Box[],
  ]
): ArrangedScene {
  const heading = headingStrip(surface, request, { region: freeRegion(request) });
  const pictures = labelledPictures(surface, request, { cells: cellsIn(heading.rest), room });
  return {
    visuals: [...fullVisual(request), ...pictures.visuals],
    parts: [...heading.parts, ...pictures.parts],
  };
}
