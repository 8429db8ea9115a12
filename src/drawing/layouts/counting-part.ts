import type { Box } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { easeOut, progressBetween } from '../easing.ts';
import { drawEntering } from '../enter.ts';
import { haloReach, paintBlock, paintHalo, type TextBlock } from '../text-block.ts';
import { baselineOf, setTextStyle } from '../text-style.ts';
import { objectEntrance, ownMotion } from './appearances.ts';
import { letterPitch, placeLetters } from './counting-letters.ts';
import { type CountingNumber, countingNumber } from './counting-number.ts';
import { paintLayer } from './entering-part.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** How long a number counts. */
const countSeconds = 1.7;

export interface FigureRequest {
  readonly block: TextBlock;
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly halo: string | undefined;
}

/** A text whose first number counts up from zero; without a number, or in several lines, it just comes in. */
export function countingPart(
  surface: DrawingSurface,
  request: SceneRequest,
  figure: FigureRequest,
): ScenePart {
  const { block } = figure;
  const [x, y] = [Math.round(figure.x), Math.round(figure.y)];
  const box = { x, y, width: block.width, height: block.height };
  const air = block.style.size * (figure.halo === undefined ? 0.3 : haloReach);
  const paint = (context: DrawingContext): void =>
    paintBlock(context, block, { ...figure, x, y, align: 'center' });
  const whole = paintLayer(surface, { box, air, paint });
  const count = block.lines.length === 1 ? countingNumber(block.text, request.timeline.language) : undefined;
  const counting = count && liveFigure(surface, { figure, box, count });
  const entering = objectEntrance(request);
  const counts = ownMotion(request, countSeconds);
  const { textMotion: motion } = request.scene;
  return {
    name: 'heading',
    box,
    isGround: false,
    draw: (context, { atSeconds, opacity }) => {
      const shown = progressBetween(atSeconds, entering.startSeconds, entering.endSeconds);
      const counted = progressBetween(atSeconds, counts.startSeconds, counts.endSeconds);
      if (counting === undefined || counted === 1) {
        drawEntering(context, whole, { shown, opacity, motion, distance: 30 * request.metrics.unit });
      } else if (shown > 0) {
        context.globalAlpha = easeOut(shown) * opacity;
        counting(context, counted);
        context.globalAlpha = 1;
      }
    },
  };
}

/** Draws the number on its way, at the place of the whole text. @param progress 0 to 1, even in time. */
type DrawCount = (context: DrawingContext, progress: number) => void;

function liveFigure(
  surface: DrawingSurface,
  of: { readonly figure: FigureRequest; readonly box: Box; readonly count: CountingNumber },
): DrawCount {
  const { figure, box, count } = of;
  const { block, color, halo } = figure;
  const air = block.style.size * haloReach;
  // The shade of the whole number: it is soft, so that it does for every number before.
  const shade =
    halo &&
    paintLayer(surface, {
      box,
      air,
      paint: (context) => paintHalo(context, block, { ...box, color: halo, align: 'center' }),
    });
  const pitch = letterPitch(surface.context, block, count);
  const baseline = box.y + baselineOf({ size: block.style.size, lineHeight: block.lineHeight });
  return (context, progress) => {
    if (shade)
      drawEntering(context, shade, { shown: 1, opacity: context.globalAlpha, motion: 'none', distance: 0 });
    setTextStyle(context, block.style);
    context.fillStyle = color;
    context.textAlign = 'left';
    context.direction = block.direction;
    for (const { text, x } of placeLetters(count, pitch, progress)) {
      context.fillText(text, box.x + x, baseline);
    }
  };
}
