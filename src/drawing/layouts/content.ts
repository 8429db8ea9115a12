import { freeRegion } from './free-region.ts';
import { fullVisual, wordsOnGround } from './ground.ts';
import { headingAndPoints } from './heading-and-points.ts';
import type { LayoutPainter } from './scene-part.ts';

/** A heading with points under it; over the picture or the clip, where there is one. */
export const content: LayoutPainter = (surface, request) => wordsOver(surface, request, { hasMarkers: true });

/** The heading as large as it goes; points are lines under it. */
export const title: LayoutPainter = (surface, request) => wordsOver(surface, request, { hasMarkers: false });

function wordsOver(
  ...[surface, request, { hasMarkers }]: [...Parameters<LayoutPainter>, { readonly hasMarkers: boolean }]
): ReturnType<LayoutPainter> {
  const visuals = fullVisual(request);
  return {
    visuals,
    parts: headingAndPoints(surface, request, {
      region: freeRegion(request),
      ground: visuals.length > 0 ? 'picture' : 'backdrop',
      look: wordsOnGround(request),
      hasMarkers,
    }),
  };
}
