import type { Appearance } from '../../timeline/index.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import type { EnteringLayer } from '../enter.ts';
import { haloReach, paintBlock, type TextAlignment, type TextBlock } from '../text-block.ts';
import { enteringLines } from '../text-lines.ts';
import { enteringPart, paintLayer } from './entering-part.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

export interface TextPlace {
  readonly name: string;
  readonly block: TextBlock;
  /** The block's top left corner. */
  readonly x: number;
  readonly y: number;
  readonly align?: TextAlignment;
  readonly color: string;
  readonly halo?: string | undefined;
  readonly appears: Appearance;
  readonly rise?: number;
}

/** A text that comes in. */
export function textPart(surface: DrawingSurface, request: SceneRequest, place: TextPlace): ScenePart {
  const { block, name, appears, rise } = place;
  const [x, y] = [Math.round(place.x), Math.round(place.y)];
  const box = { x, y, width: block.width, height: block.height };
  const paint = (context: DrawingContext): void => paintBlock(context, block, { ...place, x, y });
  const air = block.style.size * (place.halo === undefined ? 0.5 : haloReach);
  const painted = paintLayer(surface, { box, air, paint });
  const layer: EnteringLayer = {
    ...painted,
    lines: enteringLines(surface.context, block, {
      x: x - painted.x,
      y: y - painted.y,
      height: painted.layer.height,
      align: place.align ?? 'start',
    }),
  };
  return enteringPart(request, { name, box, appears, ...(rise === undefined ? {} : { rise }) }, layer);
}
