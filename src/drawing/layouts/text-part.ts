import type { Appearance } from '../../timeline/index.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { haloReach, paintBlock, type TextAlignment, type TextBlock } from '../text-block.ts';
import { enteringLetters } from '../text-lines.ts';
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
  const { width, height } = painted.layer;
  const { color, halo, align = 'start' } = place;
  const on = { x: x - painted.x, y: y - painted.y, width, height, color, halo, align };
  const { textMotion } = request.scene;
  const inPieces = textMotion === 'typewriter' || textMotion === 'stagger';
  const layer = { ...painted, letters: inPieces ? enteringLetters(surface, block, on) : undefined };
  return enteringPart(request, { name, box, appears, ...(rise === undefined ? {} : { rise }) }, layer);
}
