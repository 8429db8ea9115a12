import { type Box, contains } from './box.ts';
import type { DisplayList, PaintOp } from './display-list.ts';
import { appearanceOf } from './tracked-layers.ts';

/** A picture that covers the canvas. */
export interface Ground {
  readonly picture: object;
  /** Names what the picture looks like: another name after a layer was painted on. */
  readonly look: string;
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
  const { ground: op, over } = lastHiding(list, rules);
  if (op === undefined || !over.every(({ isOver }) => isOver)) return undefined;
  const shown = recordedIn(op, rules);
  if (shown !== undefined) {
    const inner = groundedOps(shown, rules);
    return inner && { layers: [{ ...inner, opacity: 1 }], top: over };
  }
  const ground = groundOf(op, rules);
  if (ground === undefined) return undefined;
  for (const [index, upper] of over.entries()) {
    const mixed = groundedOps(recordedIn(upper, rules), rules);
    if (mixed === undefined) continue;
    const lowest = { ground, ops: over.slice(0, index), list, opacity: 1 };
    return {
      layers: [lowest, { ...mixed, opacity: upper.placed?.opacity ?? 1 }],
      top: over.slice(index + 1),
    };
  }
  return { layers: [{ ground, ops: over, list, opacity: 1 }], top: [] };
}

function groundedOps(list: DisplayList | undefined, rules: LayeringRules): GroundedOps | undefined {
  if (list === undefined) return undefined;
  const { ground: op, over } = lastHiding(list, rules);
  const ground = op && groundOf(op, rules);
  return ground && over.every(({ isOver }) => isOver) ? { ground, ops: over, list } : undefined;
}

/** The last op that hides all that was painted before it, if it is a picture, and what is painted over it. */
function lastHiding(
  { ops }: DisplayList,
  rules: LayeringRules,
): { readonly ground: PaintOp | undefined; readonly over: readonly PaintOp[] } {
  const canvas = canvasOf(rules);
  const hiding = ops.findLastIndex((op) => op.hides(canvas, rules.isOpaque) || covers(op, canvas, rules));
  const op = ops[hiding];
  return { ground: op && covers(op, canvas, rules) ? op : undefined, over: ops.slice(hiding + 1) };
}

function groundOf({ placed }: PaintOp, { takesGround }: LayeringRules): Ground | undefined {
  if (placed === undefined) return undefined;
  const { picture, box: place } = placed;
  const ground = { picture, look: appearanceOf(picture), place };
  return takesGround(ground) ? ground : undefined;
}

/** What a layer shows that is painted over all of the canvas. */
function recordedIn({ placed }: PaintOp, rules: LayeringRules): DisplayList | undefined {
  const canvas = canvasOf(rules);
  if (placed === undefined || !isWhole(placed.box, canvas) || !isSeenWhole(placed.clips, canvas))
    return undefined;
  return rules.recorded(placed.picture);
}

function canvasOf({ width, height }: LayeringRules): Box {
  return { x: 0, y: 0, width, height };
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
