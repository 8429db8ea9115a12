import type { Background } from '../protocol/index.ts';
import type { DrawingContext } from './drawing-context.ts';
import type { Theme } from './themes/index.ts';
import { paintArt } from './themes/paint-art.ts';

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
    for (const art of theme.background.art) paintArt(context, size, art);
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
