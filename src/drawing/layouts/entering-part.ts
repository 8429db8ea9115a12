import type { Appearance } from '../../timeline/index.ts';
import { type Box, wholePixels } from '../box.ts';
import { type DrawingContext, type DrawingSurface, openLayer } from '../drawing-context.ts';
import { progressBetween } from '../easing.ts';
import { drawEntering } from '../enter.ts';
import type { EnteringLayer } from '../entering-layer.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

export interface PartRequest {
  readonly name: string;
  readonly box: Box;
  readonly appears: Appearance;
  /** How far it comes up from below, in pixels; of its own height a part when absent. */
  readonly rise?: number;
  readonly isGround?: boolean;
}

/** A part that does nothing but come in. */
export function enteringPart(request: SceneRequest, part: PartRequest, layer: EnteringLayer): ScenePart {
  const { name, box, appears, rise = usualRise * request.metrics.unit, isGround = false } = part;
  const { textMotion: motion } = request.scene;
  return {
    name,
    box,
    isGround,
    draw: (context, { atSeconds, opacity }) => {
      const shown = progressBetween(atSeconds, appears.startSeconds, appears.endSeconds);
      drawEntering(context, layer, { shown, opacity, motion, distance: rise });
    },
  };
}

/** In units. */
const usualRise = 24;

export interface PaintedPart extends PartRequest {
  /** How far it may reach beyond its box, in pixels. */
  readonly air?: number;
  /** Paints it at its place on the canvas: the context is a layer's, moved there. */
  readonly paint: (context: DrawingContext) => void;
}

/** A part that is painted once. */
export function paintedPart(surface: DrawingSurface, request: SceneRequest, part: PaintedPart): ScenePart {
  return enteringPart(request, part, paintLayer(surface, part));
}

/** What a part is painted on. */
export function paintLayer(
  surface: DrawingSurface,
  what: Pick<PaintedPart, 'box' | 'air' | 'paint'>,
): EnteringLayer {
  const { box, air = 2 } = what;
  const whole = wholePixels({
    x: Math.floor(box.x - air),
    y: Math.floor(box.y - air),
    width: Math.ceil(box.width + 2 * air) + 1,
    height: Math.ceil(box.height + 2 * air) + 1,
  });
  const { layer, context } = openLayer(surface, whole);
  context.translate(-whole.x, -whole.y);
  what.paint(context);
  return { layer, x: whole.x, y: whole.y };
}
