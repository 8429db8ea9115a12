/** A rectangle in pixels from the top left of the canvas. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function rightOf({ x, width }: Box): number {
  return x + width;
}

export function bottomOf({ y, height }: Box): number {
  return y + height;
}

/** The same box with its edges moved in, never past its middle. */
export function insetBox(
  box: Box,
  { across, down }: { readonly across: number; readonly down: number },
): Box {
  const x = Math.min(across, box.width / 2);
  const y = Math.min(down, box.height / 2);
  return { x: box.x + x, y: box.y + y, width: box.width - 2 * x, height: box.height - 2 * y };
}

/** Where a box stands on a canvas that is read from right to left. */
export function mirrorBox(box: Box, canvasWidth: number): Box {
  return { ...box, x: canvasWidth - box.x - box.width };
}

/** The part of the box above a height, and the part below it after a gap. Heights are from the box's top. */
export function cutBelow(box: Box, height: number, gap = 0): readonly [above: Box, below: Box] {
  const taken = Math.min(box.height, height);
  const from = Math.min(box.height, taken + gap);
  return [
    { ...box, height: taken },
    { ...box, y: box.y + from, height: box.height - from },
  ];
}

/** The part of the box left of a width, and the part right of it after a gap. Widths are from the box's left edge. */
export function cutBeside(box: Box, width: number, gap = 0): readonly [left: Box, right: Box] {
  const taken = Math.min(box.width, width);
  const from = Math.min(box.width, taken + gap);
  return [
    { ...box, width: taken },
    { ...box, x: box.x + from, width: box.width - from },
  ];
}

/** Around all of them; undefined when there are none. */
export function boxAround(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const width = Math.max(...boxes.map(rightOf)) - x;
  return { x, y, width, height: Math.max(...boxes.map(bottomOf)) - y };
}

/** Edges on whole pixels, where lines and corners are sharp. */
export function wholePixels(box: Box): Box {
  const [x, y] = [Math.round(box.x), Math.round(box.y)];
  return { x, y, width: Math.round(rightOf(box)) - x, height: Math.round(bottomOf(box)) - y };
}

export function contains(outer: Box, inner: Box): boolean {
  const across = outer.x <= inner.x && rightOf(outer) >= rightOf(inner);
  return across && outer.y <= inner.y && bottomOf(outer) >= bottomOf(inner);
}

/** Whether they have a point in common that is not on an edge. */
export function overlap(one: Box, other: Box): boolean {
  const across = one.x < rightOf(other) && other.x < rightOf(one);
  return across && one.y < bottomOf(other) && other.y < bottomOf(one);
}
