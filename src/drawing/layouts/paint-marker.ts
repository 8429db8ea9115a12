import { withOpacity } from '../color.ts';
import type { DrawingContext } from '../drawing-context.ts';
import type { MarkerKind } from '../themes/index.ts';

/** How far a marker reaches from its middle, in shares of the type size. */
export const markerReach = 0.29;

interface MarkerPlace {
  readonly color: string;
  /** Of its middle, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Of the point's type. */
  readonly size: number;
}

const painters: Readonly<Record<MarkerKind, (context: DrawingContext, place: MarkerPlace) => void>> = {
  light: paintLight,
  dash: paintDash,
  square: paintSquare,
  ring: paintRing,
  leaf: paintLeaf,
};

export function paintMarker(context: DrawingContext, kind: MarkerKind, place: MarkerPlace): void {
  painters[kind](context, place);
}

function paintLight(context: DrawingContext, { color, x, y, size }: MarkerPlace): void {
  for (const { radius, opacity } of [
    { radius: markerReach, opacity: 0.22 },
    { radius: 0.155, opacity: 1 },
  ]) {
    context.fillStyle = withOpacity(color, opacity);
    context.beginPath();
    context.arc(x, y, radius * size, 0, 2 * Math.PI);
    context.fill();
  }
}

function paintDash(context: DrawingContext, { color, x, y, size }: MarkerPlace): void {
  const thickness = Math.max(1, 0.06 * size);
  context.fillStyle = color;
  context.fillRect(x - markerReach * size, y - thickness / 2, 2 * markerReach * size, thickness);
}

function paintSquare(context: DrawingContext, { color, x, y, size }: MarkerPlace): void {
  const side = 0.3 * size;
  context.fillStyle = color;
  context.fillRect(x - side / 2, y - side / 2, side, side);
}

function paintRing(context: DrawingContext, { color, x, y, size }: MarkerPlace): void {
  const thickness = 0.085 * size;
  context.strokeStyle = color;
  context.lineWidth = thickness;
  context.beginPath();
  context.arc(x, y, 0.2 * size - thickness / 2, 0, 2 * Math.PI);
  context.stroke();
}

/** Two opposite corners round, two pointed. */
function paintLeaf(context: DrawingContext, { color, x, y, size }: MarkerPlace): void {
  const side = 0.36 * size;
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(x - side / 2, y - side / 2, side, side, [side * 0.95, 0, side * 0.95, 0]);
  context.fill();
}
