import { type Box, bottomOf, boxAround, contains, overlap, rightOf } from './box.ts';
import type { PaintOp } from './display-list.ts';

/** What of the canvas is no longer as the frame before left it; a box has whole pixels. */
export type Change = 'nothing' | 'everything' | Box;

interface Canvas {
  readonly width: number;
  readonly height: number;
}

/** @param before, now What painted the last frame and what paints this one, from an empty canvas each. */
export function changedArea(before: readonly PaintOp[], now: readonly PaintOp[], canvas: Canvas): Change {
  const { start, beforeEnd, nowEnd } = differingRange(before, now);
  if (start === beforeEnd && start === nowEnd) return 'nothing';
  const boxes: Box[] = [];
  for (const op of [...before.slice(start, beforeEnd), ...now.slice(start, nowEnd)]) {
    const box = op.bounds();
    if (box === undefined) return 'everything';
    boxes.push(box);
  }
  const area = boxAround(boxes);
  const whole = area && withWholeShapes(area, now);
  if (whole === undefined) return 'everything';
  const snapped = snap(whole, canvas);
  return snapped.width * snapped.height > worthwhileShare * canvas.width * canvas.height
    ? 'everything'
    : snapped;
}

/** Of a larger area, drawing and reading all of the canvas costs no more. */
const worthwhileShare = 0.6;

/** Ends are exclusive. Both lists begin alike up to `start` and end alike. */
function differingRange(before: readonly PaintOp[], now: readonly PaintOp[]) {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start]?.key === now[start]?.key) start += 1;
  let alike = 0;
  while (alike < shorter - start && before.at(-1 - alike)?.key === now.at(-1 - alike)?.key) alike += 1;
  return { start, beforeEnd: before.length - alike, nowEnd: now.length - alike };
}

/** Grows the area until no shape that cannot be painted in parts lies across its edge. Undefined: it cannot be told. */
function withWholeShapes(area: Box, ops: readonly PaintOp[]): Box | undefined {
  let grown = area;
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const op of ops) {
      if (op.isDivisible) continue;
      const box = op.bounds();
      if (box === undefined) return undefined;
      if (!overlap(box, grown) || contains(grown, box)) continue;
      grown = boxAround([grown, box]) ?? grown;
      isStable = false;
    }
  }
  return grown;
}

/** Edges suit a colour sample for every 2 x 2 pixels, and the 16 pixels that are converted at a time. */
const grain = { across: 64, down: 16 };

/** Outwards to the grain, and to the canvas's edges; never a strip narrower than the grain. */
export function snap(box: Box, { width, height }: Canvas): Box {
  const across = snapRange([box.x, rightOf(box)], { grain: grain.across, length: width });
  const down = snapRange([box.y, bottomOf(box)], { grain: grain.down, length: height });
  return { x: across.from, y: down.from, width: across.to - across.from, height: down.to - down.from };
}

function snapRange(
  [first, last]: readonly [number, number],
  { grain: step, length }: { readonly grain: number; readonly length: number },
): { readonly from: number; readonly to: number } {
  const to = Math.min(length, Math.max(step, Math.ceil(last / step) * step));
  const from = Math.floor(Math.min(first, length) / step) * step;
  return { from: Math.max(0, Math.min(from, to - step)), to };
}
