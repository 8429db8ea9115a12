import type { CanvasMetrics } from './canvas-metrics.ts';
import { withOpacity } from './color.ts';
import type { DrawingContext } from './drawing-context.ts';
import { clamp01, easeInOut } from './easing.ts';
import type { SceneLayout } from './scene-layout.ts';
import type { Theme } from './themes/index.ts';

/** Darkens a picture where words stand on it: evenly under them, then fading out. */
export function paintScrim(
  context: DrawingContext,
  layout: SceneLayout,
  { metrics, theme }: { readonly metrics: CanvasMetrics; readonly theme: Theme },
): void {
  const { bounds } = layout;
  if (bounds === undefined) return;
  const { width, height, unit } = metrics;
  const sideways = metrics.shape === 'wide' && (layout.points.length > 0 || bounds.top > height * 0.2);
  const [from, to] = sideways ? [bounds.left, bounds.right] : [bounds.top, bounds.bottom];
  const length = sideways ? width : height;
  const gradient = context.createLinearGradient(0, 0, sideways ? width : 0, sideways ? 0 : height);
  const ramp = { from: from - 36 * unit, to: to + 36 * unit, fade: length * 0.46 };
  const steps = 48;
  for (let step = 0; step <= steps; step++) {
    const opacity = theme.onPicture.scrimOpacity * density((step / steps) * length, ramp, length);
    gradient.addColorStop(step / steps, withOpacity(theme.onPicture.scrim, opacity));
  }
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
}

/** 1 under the words and on to the edge of the canvas they are near to; a little everywhere else. */
function density(
  at: number,
  ramp: { readonly from: number; readonly to: number; readonly fade: number },
  length: number,
): number {
  const nearStart = ramp.from < length * 0.3 && at < ramp.from;
  const nearEnd = length - ramp.to < length * 0.2 && at > ramp.to;
  if (nearStart || nearEnd) return 1;
  const distance = Math.max(ramp.from - at, at - ramp.to, 0);
  return Math.max(0.08, easeInOut(clamp01(1 - distance / ramp.fade)));
}
