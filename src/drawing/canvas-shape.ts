export type CanvasShape = 'wide' | 'square' | 'tall';

export function shapeOf({ width, height }: { readonly width: number; readonly height: number }): CanvasShape {
  if (width / height >= 1.25) return 'wide';
  return width / height > 0.8 ? 'square' : 'tall';
}
