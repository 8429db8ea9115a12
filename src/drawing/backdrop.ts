import type { Background } from '../protocol/index.ts';
import { withOpacity } from './color.ts';
import type { DrawingContext } from './drawing-context.ts';
import { easeInOut } from './easing.ts';
import type { Glow, Rings, Theme } from './themes/index.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Fills the canvas with the scene's own background, or the theme's. */
export function paintBackdrop(
  context: DrawingContext,
  size: Size,
  { background, theme }: { readonly background: Background | undefined; readonly theme: Theme },
): void {
  if (background?.kind === 'color') {
    context.fillStyle = background.color;
    context.fillRect(0, 0, size.width, size.height);
  } else if (background?.kind === 'gradient') {
    fillGradient(context, size, background);
  } else {
    fillGradient(context, size, theme.background);
    for (const art of theme.background.art) {
      if (art.kind === 'glow') fillGlow(context, size, art);
      else strokeRings(context, size, art);
    }
  }
}

/** The ramp runs through the middle and reaches its ends in the corners, as in CSS. */
function fillGradient(
  context: DrawingContext,
  { width, height }: Size,
  ramp: { readonly colors: readonly string[]; readonly angleDegrees: number },
): void {
  const angle = (ramp.angleDegrees * Math.PI) / 180;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const half = (Math.abs(width * x) + Math.abs(height * y)) / 2;
  const gradient = context.createLinearGradient(
    width / 2 - x * half,
    height / 2 - y * half,
    width / 2 + x * half,
    height / 2 + y * half,
  );
  const last = Math.max(1, ramp.colors.length - 1);
  for (const [index, color] of ramp.colors.entries()) gradient.addColorStop(index / last, color);
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
}

function fillGlow(context: DrawingContext, { width, height }: Size, glow: Glow): void {
  const [x, y] = [glow.x * width, glow.y * height];
  const gradient = context.createRadialGradient(x, y, 0, x, y, glow.radius * Math.max(width, height));
  const steps = 12;
  for (let step = 0; step <= steps; step++) {
    const opacity = glow.opacity * easeInOut(1 - step / steps);
    gradient.addColorStop(step / steps, withOpacity(glow.color, opacity));
  }
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
}

function strokeRings(context: DrawingContext, { width, height }: Size, rings: Rings): void {
  const longer = Math.max(width, height);
  context.lineWidth = Math.max(1, longer * 0.0011);
  for (const [index, radius] of rings.radii.entries()) {
    context.strokeStyle = withOpacity(rings.color, rings.opacity * (1 - index / rings.radii.length));
    context.beginPath();
    context.arc(rings.x * width, rings.y * height, radius * longer, 0, 2 * Math.PI);
    context.stroke();
  }
}
