import type { Box } from '../box.ts';
import type { SceneRequest } from './scene-part.ts';

/** What a layout has for itself: within the safe margins, and out of the captions' way where there are captions. */
export function freeRegion({ metrics, hasCaptions }: Pick<SceneRequest, 'metrics' | 'hasCaptions'>): Box {
  const { width, marginX, marginTop, contentBottom, caption, unit } = metrics;
  const bottom = hasCaptions ? caption.boxTop - captionGap * unit : contentBottom;
  return { x: marginX, y: marginTop, width: width - 2 * marginX, height: bottom - marginTop };
}

/** Between the captions and what is next to them, in units. */
const captionGap = 44;
