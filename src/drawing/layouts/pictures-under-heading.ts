import type { Box } from '../box.ts';
import { freeRegion } from './free-region.ts';
import { fullVisual } from './ground.ts';
import { headingStrip } from './heading-strip.ts';
import { type LabelRoom, labelledPictures, labelRoom, neededRoom } from './labelled-pictures.ts';
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
  const room = chooseRoom((lines) => {
    const most = labelRoom(request, { share: labelShare, lines });
    const cells = cellsIn(heading.rest, most.height);
    return { cells, most, needed: neededRoom(surface.context, request, { cells, room: most }) };
  });
  const pictures = labelledPictures(surface, request, { cells: cellsIn(heading.rest, room.height), room });
  return {
    visuals: [...fullVisual(request), ...pictures.visuals],
    parts: [...heading.partsAt(0), ...pictures.parts],
  };
}

/** Labels of few lines; of more where they would be tiny, as long as the pictures stay larger than their labels. */
function chooseRoom(
  attempt: (lines: number) => {
    readonly cells: readonly Box[];
    readonly most: LabelRoom;
    readonly needed: LabelRoom;
  },
): LabelRoom {
  let best = attempt(2);
  for (const lines of [3, 4, 6]) {
    if (best.needed.size >= 0.62 * best.most.size) break;
    const tried = attempt(lines);
    if (Math.min(...tried.cells.map(({ height }) => height)) < tried.needed.height) break;
    best = tried;
  }
  return best.needed;
}
