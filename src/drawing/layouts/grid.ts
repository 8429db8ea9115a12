import { pictureRows } from './picture-rows.ts';
import { picturesUnderHeading } from './pictures-under-heading.ts';
import type { LayoutPainter } from './scene-part.ts';

/** Between two pictures, in units. */
const gapUnits = 28;

/** Two to nine pictures in rows, their points under them. */
export const grid: LayoutPainter = (surface, request) => {
  const { pictures } = request.scene;
  const gap = gapUnits * request.metrics.unit;
  return picturesUnderHeading(surface, request, pictures.length > 4 ? 0.62 : 0.74, (region, below) =>
    pictureRows(pictures.length, { region, gap, below }),
  );
};
