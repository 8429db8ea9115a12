import { fullVisual } from './ground.ts';
import type { LayoutPainter } from './scene-part.ts';

/** Nothing but the picture or the clip. */
export const picture: LayoutPainter = (_, request) => ({ visuals: fullVisual(request), parts: [] });
