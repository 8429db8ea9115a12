import { freeRegion } from './free-region.ts';
import { fullVisual } from './ground.ts';
import { headingStrip } from './heading-strip.ts';
import { quotation } from './quotation.ts';
import type { LayoutPainter } from './scene-part.ts';
import { sideNotes } from './side-notes.ts';

/** What somebody said, and who; the heading above it and points beside it, where there are some. */
export const quote: LayoutPainter = (surface, request) => {
  const { quote: said } = request.scene;
  const heading = headingStrip(surface, request, { region: freeRegion(request) });
  const notes = sideNotes(surface, request, heading.rest);
  const parts = said === undefined ? [] : quotation(surface, request, { said, region: notes.rest });
  return { visuals: fullVisual(request), parts: [...heading.partsAt(0), ...notes.parts, ...parts] };
};
