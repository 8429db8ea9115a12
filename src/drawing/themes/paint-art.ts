import { withOpacity } from '../color.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { easeInOut } from '../easing.ts';
import type { BackgroundArt, Blob, Disc, Frame, Glow, Hills, Lines, Rings, Slab } from './background-art.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

type Painters = {
  readonly [Kind in BackgroundArt['kind']]: (
    context: DrawingContext,
    size: Size,
    art: Extract<BackgroundArt, { kind: Kind }>,
  ) => void;
};

const painters: Painters = {
  glow: paintGlow,
  rings: paintRings,
  disc: paintDisc,
  blob: paintBlob,
  hills: paintHills,
  lines: paintLines,
  frame: paintFrame,
  slab: paintSlab,
};

/** Paints one piece of a theme's background over what is there. */
export function paintArt(context: DrawingContext, size: Size, art: BackgroundArt): void {
  // One kind's painter takes that kind's data: the table above says so, but TypeScript cannot follow it here.
  const paint = painters[art.kind] as (context: DrawingContext, size: Size, art: BackgroundArt) => void;
  paint(context, size, art);
}

const longer = ({ width, height }: Size): number => Math.max(width, height);
const unitOf = ({ width, height }: Size): number => Math.min(width, height) / 1000;

function paintGlow(context: DrawingContext, size: Size, glow: Glow): void {
  const [x, y] = [glow.x * size.width, glow.y * size.height];
  const gradient = context.createRadialGradient(x, y, 0, x, y, glow.radius * longer(size));
  const steps = 12;
  for (let step = 0; step <= steps; step++) {
    const opacity = glow.opacity * easeInOut(1 - step / steps);
    gradient.addColorStop(step / steps, withOpacity(glow.color, opacity));
  }
  context.fillStyle = gradient;
  context.fillRect(0, 0, size.width, size.height);
}

function paintRings(context: DrawingContext, size: Size, rings: Rings): void {
  context.lineWidth = Math.max(1, longer(size) * 0.0011);
  for (const [index, radius] of rings.radii.entries()) {
    context.strokeStyle = withOpacity(rings.color, rings.opacity * (1 - index / rings.radii.length));
    context.beginPath();
    context.arc(rings.x * size.width, rings.y * size.height, radius * longer(size), 0, 2 * Math.PI);
    context.stroke();
  }
}

function paintDisc(context: DrawingContext, size: Size, disc: Disc): void {
  const [x, y, radius] = [disc.x * size.width, disc.y * size.height, disc.radius * longer(size)];
  const gradient = context.createLinearGradient(0, y - radius, 0, y + radius);
  for (const end of [0, 1] as const) {
    gradient.addColorStop(end, withOpacity(disc.colors[end], disc.opacities[end]));
  }
  context.fillStyle = gradient;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

const blobSides = 180;

function paintBlob(context: DrawingContext, size: Size, blob: Blob): void {
  context.fillStyle = withOpacity(blob.color, blob.opacity);
  context.beginPath();
  for (let side = 0; side < blobSides; side++) {
    const angle = (side / blobSides) * 2 * Math.PI;
    const phase = blob.phase * 2 * Math.PI;
    const uneven = 1 + 0.13 * Math.sin(2 * angle + phase) + 0.08 * Math.sin(3 * angle - 1.7 * phase);
    const radius = blob.radius * longer(size) * uneven;
    const x = blob.x * size.width + radius * Math.cos(angle);
    context.lineTo(x, blob.y * size.height + radius * Math.sin(angle));
  }
  context.closePath();
  context.fill();
}

const hillSteps = 240;

function paintHills(context: DrawingContext, size: Size, hills: Hills): void {
  const { width, height } = size;
  context.fillStyle = withOpacity(hills.color, hills.opacity);
  context.beginPath();
  context.lineTo(0, height);
  for (let step = 0; step <= hillSteps; step++) {
    const x = (step / hillSteps) * width;
    const turn = 2 * Math.PI * ((x / longer(size)) * hills.waves + hills.phase);
    const up = 0.72 * Math.sin(turn) + 0.28 * Math.sin(2.3 * turn + 1);
    context.lineTo(x, height * (hills.y - hills.height * up));
  }
  context.lineTo(width, height);
  context.closePath();
  context.fill();
}

function paintLines(context: DrawingContext, size: Size, lines: Lines): void {
  const { width, height } = size;
  const thickness = Math.max(1, Math.round(lines.thickness * unitOf(size)));
  const length = lines.direction === 'down' ? width : height;
  const parts = Math.max(1, Math.round((lines.parts * length) / longer(size)));
  context.fillStyle = withOpacity(lines.color, lines.opacity);
  for (let line = 1; line < parts; line++) {
    const at = Math.round((line / parts) * length - thickness / 2);
    if (lines.direction === 'down') context.fillRect(at, 0, thickness, height);
    else context.fillRect(0, at, width, thickness);
  }
}

function paintFrame(context: DrawingContext, size: Size, frame: Frame): void {
  const unit = unitOf(size);
  const thickness = Math.max(1, Math.round(frame.thickness * unit));
  const inset = Math.round(frame.inset * unit);
  const [width, height] = [size.width - 2 * inset, size.height - 2 * inset];
  context.fillStyle = withOpacity(frame.color, frame.opacity);
  context.fillRect(inset, inset, width, thickness);
  context.fillRect(inset, inset + height - thickness, width, thickness);
  if (frame.sides === 'top-and-bottom') return;
  context.fillRect(inset, inset + thickness, thickness, height - 2 * thickness);
  context.fillRect(inset + width - thickness, inset + thickness, thickness, height - 2 * thickness);
}

function paintSlab(context: DrawingContext, size: Size, slab: Slab): void {
  context.fillStyle = slab.color;
  const [left, top] = [Math.round(slab.x * size.width), Math.round(slab.y * size.height)];
  const right = Math.round((slab.x + slab.width) * size.width);
  const bottom = Math.round((slab.y + slab.height) * size.height);
  context.fillRect(left, top, right - left, bottom - top);
}
