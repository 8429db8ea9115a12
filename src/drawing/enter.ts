import type { TextMotion } from '../protocol/index.ts';
import { type DrawingContext, drawPicture } from './drawing-context.ts';
import { easeOut } from './easing.ts';
import { drawLetters } from './enter-letters.ts';
import { drawWords } from './enter-words.ts';
import type { EnteringLayer, EnteringState } from './entering-layer.ts';

/** Draws a layer on its way in. Once it is in, every motion draws it alike. */
export function drawEntering(context: DrawingContext, placed: EnteringLayer, state: EnteringState): void {
  const { shown, opacity, motion } = state;
  if (opacity <= 0 || shown <= 0) return;
  if (shown >= 1 || motion === 'none') drawAt(context, placed, { alpha: opacity, y: 0 });
  else entering[motion](context, placed, state);
}

type DrawMotion = (context: DrawingContext, placed: EnteringLayer, state: EnteringState) => void;

const fade: DrawMotion = (context, placed, { shown, opacity }) => {
  drawAt(context, placed, { alpha: easeOut(shown) * opacity, y: 0 });
};

const rise: DrawMotion = (context, placed, { shown, opacity, distance }) => {
  const eased = easeOut(shown);
  drawAt(context, placed, { alpha: eased * opacity, y: (1 - eased) * distance });
};

/** Letter by letter, as one types; where there are no letters, all at once. */
const typewriter: DrawMotion = (context, placed, state) => {
  if (placed.letters === undefined) fade(context, placed, state);
  else drawLetters(context, { ...placed, letters: placed.letters }, state);
};

/** Word by word, each rising as it comes; in what has no words, all at once. */
const stagger: DrawMotion = (context, placed, state) => {
  if (placed.letters === undefined) rise(context, placed, state);
  else drawWords(context, { ...placed, letters: placed.letters }, state);
};

const entering = { rise, fade, typewriter, stagger } satisfies Record<
  Exclude<TextMotion, 'none'>,
  DrawMotion
>;

function drawAt(
  context: DrawingContext,
  { layer, x, y }: EnteringLayer,
  at: { readonly alpha: number; readonly y: number },
): void {
  if (at.alpha <= 0) return;
  context.globalAlpha = at.alpha;
  drawPicture(context, layer, { x, y: y + at.y });
  context.globalAlpha = 1;
}
