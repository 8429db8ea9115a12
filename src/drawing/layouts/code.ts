import { fullVisual } from './ground.ts';
import type { LayoutPainter } from './scene-part.ts';
export const code: LayoutPainter = (_, request) => ({ visuals: fullVisual(request), parts: [] });
