import { type Box, contains } from './box.ts';
import type { DisplayList, PaintOp } from './display-list.ts';

/** A picture that covers the canvas. */
export interface Ground {
  readonly picture: object;
  /** Where it lies, in pixels with fractions. */
  readonly place: Box;
}

/** A ground and what is painted over it. */
export interface GroundedOps {
  readonly ground: Ground;
  readonly ops: readonly PaintOp[];
  /** That the ops are of. */
  readonly list: DisplayList;
}

/** A frame, or a layer, as grounds that lie over each other, and what is painted over them all. */
export interface LayeredFrame {
  readonly layers: readonly (GroundedOps & {
    /** How much of it is seen, 0 to 1; 1 for the lowest. */
    readonly opacity: number;
  })[];
  readonly top: readonly PaintOp[];
}

export interface LayeringRules {
  readonly width: number;
  readonly height: number;
  readonly isOpaque: (picture: object) => boolean;
  /** Whether the caller shows this picture itself. */
  readonly takesGround: (ground: Ground) => boolean;
  /** What a layer shows, as far as it is known. */
  readonly recorded: (layer: object) => DisplayList | undefined;
}

/** Takes a frame apart; undefined for one that is not made like that, which has to be painted. */
export function layeredFrame(list: DisplayList, rules: LayeringRules): LayeredFrame | undefined {
  const lowest = groundedOps(list, rules);
  if (lowest === undefined) return undefined;
  const canvas = { x: 0, y: 0, width: rules.width, height: rules.height };
  for (const [index, { placed, isOver }] of lowest.ops.entries()) {
    const shown =
      placed && isOver && isWhole(placed.box, canvas) ? rules.recorded(placed.picture) : undefined;
    const mixed = shown && groundedOps(shown, rules);
    if (placed === undefined || mixed === undefined || !isSeenWhole(placed.clips, canvas)) continue;
    return {
      layers: [
        { ...lowest, ops: lowest.ops.slice(0, index), opacity: 1 },
        { ...mixed, opacity: placed.opacity },
      ],
      top: lowest.ops.slice(index + 1),
    };
  }
  return { layers: [{ ...lowest, opacity: 1 }], top: [] };
}

/** Everything from the last picture on that hides all that was painted before it. */
function groundedOps(list: DisplayList, rules: LayeringRules): GroundedOps | undefined {
  const { ops } = list;
  const canvas = { x: 0, y: 0, width: rules.width, height: rules.height };
  const hiding = ops.findLastIndex((op) => op.hides(canvas, rules.isOpaque) || covers(op, canvas, rules));
  const op = ops[hiding];
  if (op?.placed === undefined || !covers(op, canvas, rules)) return undefined;
  const ground = { picture: op.placed.picture, place: op.placed.box };
  const over = ops.slice(hiding + 1);
  return over.every(({ isOver }) => isOver) && rules.takesGround(ground)
    ? { ground, ops: over, list }
    : undefined;
}

/** Its edges may lie on the canvas's. */
function covers({ placed, isOver }: PaintOp, canvas: Box, { isOpaque }: LayeringRules): boolean {
  if (placed === undefined || !isOver || placed.opacity !== 1 || !isOpaque(placed.picture)) return false;
  return contains(placed.box, canvas) && isSeenWhole(placed.clips, canvas);
}

function isSeenWhole(clips: readonly (Box | undefined)[], canvas: Box): boolean {
  return clips.every((clip) => clip !== undefined && contains(clip, canvas));
}

function isWhole({ x, y, width, height }: Box, canvas: Box): boolean {
  return x === 0 && y === 0 && width === canvas.width && height === canvas.height;
}
