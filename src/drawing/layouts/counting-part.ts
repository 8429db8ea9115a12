import type { Box } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { easeInOut, easeOut, progressBetween } from '../easing.ts';
import { drawEntering } from '../enter.ts';
import { haloReach, paintBlock, paintHalo, type TextBlock } from '../text-block.ts';
import { baselineOf, setTextStyle } from '../text-style.ts';
import { objectEntrance, ownMotion } from './appearances.ts';
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

/** What letters need, in pixels: a digit on its way has the width of the widest, or the number would tremble. */
interface LetterPitch {
  readonly widthOf: (text: string) => number;
  readonly widestDigit: number;
  /** What stands left and right of the number. */
  readonly sides: readonly [left: string, right: string];
  /** From the left edge of the whole text to the right one of its number. */
  readonly numberEnd: number;
  /** Where each letter of the whole number begins. */
  readonly finalStarts: readonly number[];
}

function letterPitch(context: DrawingContext, block: TextBlock, count: CountingNumber): LetterPitch {
  const measure = (text: string): number => {
    context.save();
    setTextStyle(context, block.style);
    const { width } = context.measureText(text);
    context.restore();
    return width;
  };
  const written = count.write(count.value);
  const known = new Map<string, number>();
  const widthOf = (text: string): number => {
    const width = known.get(text) ?? measure(text);
    known.set(text, width);
    return width;
  };
  const digits = Array.from({ length: 10 }, (_, digit) => measure(count.digit(digit)));
  const isLeftToRight = block.direction === 'ltr';
  const numberEnd = isLeftToRight ? measure(count.before + written) : block.width - measure(count.before);
  const numberStart = isLeftToRight ? measure(count.before) : numberEnd - measure(written);
  return {
    widthOf,
    widestDigit: Math.max(...digits),
    sides: isLeftToRight ? [count.before, count.after] : [count.after, count.before],
    numberEnd,
    finalStarts: Array.from(written, (_, index) => numberStart + measure(written.slice(0, index))),
  };
}

/** From this share of the time on, the letters go from their even distances to those of good setting. */
const settling = 0.6;

/** The number ends where it will end and grows to the left. */
function placeLetters(
  count: CountingNumber,
  pitch: LetterPitch,
  progress: number,
): { readonly text: string; readonly x: number }[] {
  const written = Array.from(count.write(count.value * easeOut(progress)));
  const settled = easeInOut(progressBetween(progress, settling, 1));
  const offset = pitch.finalStarts.length - written.length;
  const letters: { text: string; x: number }[] = [];
  let end = pitch.numberEnd;
  for (const [index, text] of [...written.entries()].reverse()) {
    const width = pitch.widthOf(text);
    const room = /\p{Nd}/u.test(text) ? pitch.widestDigit : width;
    const even = end - room + (room - width) / 2;
    const final = pitch.finalStarts[index + offset] ?? even;
    letters.push({ text, x: even + (final - even) * settled });
    end -= room;
  }
  const [left, right] = pitch.sides;
  // A sign such as $ goes with the first digit; a word has its own place.
  const isWord = /\s/u.test(left);
  const evenStart = isWord ? 0 : end - pitch.widthOf(left);
  const before = { text: left, x: offset > 0 ? evenStart : evenStart * (1 - settled) };
  return [before, ...letters, { text: right, x: pitch.numberEnd }].filter(({ text }) => text !== '');
}
