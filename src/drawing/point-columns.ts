/** Where a point goes: its column from 0, and its distance from the first point's top in pixels. */
export interface PointPlace {
  readonly column: number;
  readonly top: number;
}

/** Puts points under one another in columns of the same number, the first column filled first. */
export function pointColumns(
  points: readonly { readonly height: number }[],
  { columnCount, gap }: { readonly columnCount: number; readonly gap: number },
): { readonly places: PointPlace[]; readonly height: number } {
  const perColumn = Math.max(1, Math.ceil(points.length / columnCount));
  const places: PointPlace[] = [];
  let [top, height] = [0, 0];
  for (const [index, point] of points.entries()) {
    if (index % perColumn === 0) top = 0;
    places.push({ column: Math.floor(index / perColumn), top });
    height = Math.max(height, top + point.height);
    top += point.height + gap;
  }
  return { places, height };
}
