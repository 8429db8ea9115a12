import { type DrawingContext, drawPicture } from '../drawing-context.ts';
import { clamp01, easeInOut } from '../easing.ts';
import type { Size } from '../picture-view.ts';
import type { DrawTransition } from './transition.ts';

const largest = 2.2;

/** Flies into the scene that is left and through it: the other one is behind. */
export const zoom: DrawTransition = (context, { leaving, entering, progress, canvas, aside }) => {
  const scale = 1 + (largest - 1) * progress ** 2;
  const enlarged = aside((over) => paintEnlarged(over, leaving, { canvas, scale }));
  entering(context);
  context.globalAlpha = 1 - easeInOut(clamp01((progress - 0.2) / 0.7));
  drawPicture(context, enlarged, { x: 0, y: 0 });
  context.globalAlpha = 1;
};

/** From the middle. */
function paintEnlarged(
  context: DrawingContext,
  paint: (context: DrawingContext) => void,
  { canvas, scale }: { readonly canvas: Size; readonly scale: number },
): void {
  context.save();
  context.translate(canvas.width / 2, canvas.height / 2);
  context.scale(scale, scale);
  context.translate(-canvas.width / 2, -canvas.height / 2);
  paint(context);
  context.restore();
}
