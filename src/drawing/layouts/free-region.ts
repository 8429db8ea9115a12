import type { Box } from '../box.ts';
import type { SceneRequest } from './scene-part.ts';

/** What a layout has for itself: within the safe margins, and out of the captions' way where there are captions. */
export function freeRegion(request: Pick<SceneRequest, 'metrics' | 'hasCaptions'>): Box {
  return freeRegions(request).reduce((one, other) => (other.height > one.height ? other : one));
}

/** The lowest part of the canvas that is free and worth using. */
export function lowestRegion(request: Pick<SceneRequest, 'metrics' | 'hasCaptions'>): Box {
  const least = 0.14 * request.metrics.height;
  return freeRegions(request).findLast(({ height }) => height >= least) ?? freeRegion(request);
}

/** Above the captions and below them; the whole when there are none. */
function freeRegions({ metrics, hasCaptions }: Pick<SceneRequest, 'metrics' | 'hasCaptions'>): Box[] {
  const { width, marginX: x, marginTop, contentBottom, caption, unit } = metrics;
  const between = (y: number, bottom: number): Box => ({
    ...{ x, y, width: width - 2 * x },
    height: Math.max(0, bottom - y),
  });
  if (!hasCaptions) return [between(marginTop, contentBottom)];
  const gap = captionGap * unit;
  return [
    between(marginTop, Math.min(contentBottom, caption.boxTop - gap)),
    between(Math.max(marginTop, caption.boxBottom + gap), contentBottom),
  ];
}

/** Between the captions and what is next to them, in units. */
const captionGap = 44;
