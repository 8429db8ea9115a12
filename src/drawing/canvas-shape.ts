export type CanvasShape = 'wide' | 'square' | 'tall';

/** 4:5 and 3:4 are shown in a feed as squares are, without an app's buttons over them; 9:16 has those. */
export function shapeOf({ width, height }: { readonly width: number; readonly height: number }): CanvasShape {
  if (width / height >= 1.25) return 'wide';
  return width / height > 0.7 ? 'square' : 'tall';
}
