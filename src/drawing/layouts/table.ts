import { fullVisual } from './ground.ts';
import type { LayoutPainter } from './scene-part.ts';
export const table: LayoutPainter = (_, request) => ({ visuals: fullVisual(request), parts: [] });
