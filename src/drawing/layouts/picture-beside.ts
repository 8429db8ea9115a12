import { type Box, cutBelow, cutBeside, mirrorBox, wholePixels } from '../box.ts';
import { freeRegion } from './free-region.ts';
import { sceneVisual, wordsBesidePicture } from './ground.ts';
import { headingAndPoints } from './heading-and-points.ts';
import { panelRadius } from './panel.ts';
import { readingDirection } from './reading-direction.ts';
import type { LayoutPainter, SceneRequest } from './scene-part.ts';

/** The picture or the clip on one side, the words on the other; one above the other where an upright canvas leaves an upright place. */
export const pictureLeft: LayoutPainter = (surface, request) => beside(surface, request, 'first');
export const pictureRight: LayoutPainter = (surface, request) => beside(surface, request, 'last');

function beside(
  ...[surface, request, side]: [...Parameters<LayoutPainter>, 'first' | 'last']
): ReturnType<LayoutPainter> {
  const place = isUpright(request) ? stacked : paired;
  const { visual, words } = place(request, side);
  const radius = panelRadius(request);
  return {
    visuals: sceneVisual(request, { box: wholePixels(visual), radius }),
    parts: headingAndPoints(surface, request, {
      region: words,
      ground: 'beside-picture',
      look: wordsBesidePicture(request),
      hasMarkers: true,
    }),
  };
}

/** Captions in the middle of an upright canvas leave a lying place above them. */
function isUpright(request: SceneRequest): boolean {
  const region = freeRegion(request);
  return request.metrics.shape !== 'wide' && region.height >= region.width;
}

interface Places {
  readonly visual: Box;
  readonly words: Box;
}

/** Left is the beginning of the line: the other side where one reads from right to left. */
function paired(request: SceneRequest, side: 'first' | 'last'): Places {
  const { metrics } = request;
  const region = freeRegion(request);
  const gap = 72 * metrics.unit;
  // The picture may stand nearer to the edge than words do.
  const nearer = metrics.marginX * 0.45;
  const visualWidth = (region.width - gap) * 0.52 + nearer;
  const [visual, words] = cutBeside(
    { ...region, x: region.x - nearer, width: region.width + nearer },
    visualWidth,
    gap,
  );
  const isMirrored = (side === 'last') !== (readingDirection(request) === 'rtl');
  if (!isMirrored) return { visual, words };
  return { visual: mirrorBox(visual, metrics.width), words: mirrorBox(words, metrics.width) };
}

function stacked(request: SceneRequest, side: 'first' | 'last'): Places {
  const region = freeRegion(request);
  const gap = 56 * request.metrics.unit;
  const visualHeight = (region.height - gap) * 0.5;
  if (side === 'first') {
    const [visual, words] = cutBelow(region, visualHeight, gap);
    return { visual, words };
  }
  const [words, visual] = cutBelow(region, region.height - visualHeight - gap, gap);
  return { visual, words };
}
