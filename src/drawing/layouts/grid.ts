import { labelRoom } from './labelled-pictures.ts';
import { pictureRows } from './picture-rows.ts';
import { picturesUnderHeading } from './pictures-under-heading.ts';
import type { LayoutPainter } from './scene-part.ts';

/** Between two pictures, in units. */
const gapUnits = 28;

/** Two to nine pictures in rows, their points under them. */
export const grid: LayoutPainter = (surface, request) => {
  const { pictures } = request.scene;
  const room = labelRoom(request, pictures.length > 4 ? 0.58 : 0.68);
  return picturesUnderHeading(surface, request, room, (region) =>
    pictureRows(pictures.length, { region, gap: gapUnits * request.metrics.unit, below: room.height }),
  );
};
