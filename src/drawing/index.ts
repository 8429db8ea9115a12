export * from './draw-frame.ts';
export type { DrawablePicture, DrawingContext, DrawingSurface, Layer } from './drawing-context.ts';
export * from './fonts.ts';
export { createFramePainter, type FramePainter } from './frame-painter.ts';
export { largestZoom } from './ken-burns.ts';
export { logoBox } from './logo-box.ts';
export { themeOf } from './theme-of.ts';
export * from './themes/index.ts';
export { clipKey } from './visual.ts';
