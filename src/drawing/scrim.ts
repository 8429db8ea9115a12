import type { CanvasMetrics } from './canvas-metrics.ts';
import { withOpacity } from './color.ts';
import { type DrawingContext, type DrawingSurface, openLayer, type PlacedLayer } from './drawing-context.ts';
import { clamp01, easeInOut } from './easing.ts';
import type { SceneLayout } from './scene-layout.ts';

type Bounds = NonNullable<SceneLayout['bounds']>;

/**
 * A soft shade that lies under a scene's words and leaves the rest of the picture its light: even under the words,
 * gone a short way from them. It has only its own size, not the canvas's.
 */
export function prepareScrim(
  surface: DrawingSurface,
  words: Bounds,
  look: {
    readonly metrics: CanvasMetrics;
    readonly color: string;
    readonly opacity: number;
    /** In shares of the canvas's width. */
    readonly fadeAcross: number;
  },
): PlacedLayer {
  const { width, height } = look.metrics;
  const across = reach([words.left, words.right], {
    ...{ fade: look.fadeAcross * width, length: width },
    nearEdge: nearEdges.across,
  });
  const down = reach([words.top, words.bottom], {
    ...{ fade: 0.22 * Math.min(width, height), length: height },
    nearEdge: nearEdges.down,
  });
  const size = { width: across.end - across.start, height: down.end - down.start };
  const { layer, context } = openLayer(surface, size);
  const shade = { size, color: look.color };
  // A ramp down, cut by a ramp across, is what a rectangle looks like that was blurred.
  fillRamp(context, context.createLinearGradient(0, 0, 0, size.height), {
    ...shade,
    reach: down,
    opacity: look.opacity,
  });
  context.globalCompositeOperation = 'destination-in';
  fillRamp(context, context.createLinearGradient(0, 0, size.width, 0), {
    ...shade,
    reach: across,
    opacity: 1,
  });
  return { layer, x: across.start, y: down.start };
}

/** In one dimension and whole pixels: where the shade is even, and where it has faded out or the canvas ends. */
interface Reach {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly fade: number;
}

/** Near an edge of the canvas the shade goes on to it: a bright rim there would look like a fault. */
function reach(
  [first, last]: readonly [number, number],
  { fade, length, nearEdge }: { readonly fade: number; readonly length: number; readonly nearEdge: number },
): Reach {
  const from = first < nearEdge * length ? 0 : first;
  const to = length - last < nearEdge * length ? length : last;
  const start = Math.max(0, Math.floor(from - fade));
  const end = Math.min(length, Math.ceil(to + fade));
  return { from, to, start, end, fade };
}

/** In shares of the canvas. A bright strip at its side is taken for a fault more readily than one below. */
const nearEdges = { across: 0.24, down: 0.12 };

const rampSteps = 64;

function fillRamp(
  context: DrawingContext,
  gradient: ReturnType<DrawingContext['createLinearGradient']>,
  shade: {
    readonly size: { readonly width: number; readonly height: number };
    readonly color: string;
    readonly reach: Reach;
    readonly opacity: number;
  },
): void {
  const { from, to, start, end, fade } = shade.reach;
  for (let step = 0; step <= rampSteps; step++) {
    const at = start + (step / rampSteps) * (end - start);
    const distance = Math.max(from - at, at - to, 0);
    const density = easeInOut(clamp01(1 - distance / fade));
    gradient.addColorStop(step / rampSteps, withOpacity(shade.color, shade.opacity * density));
  }
  context.fillStyle = gradient;
  context.fillRect(0, 0, shade.size.width, shade.size.height);
}
