import type { DrawingContext } from '../drawing-context.ts';
import { easeInOut, easeOut, progressBetween } from '../easing.ts';
import type { TextBlock } from '../text-block.ts';
import { setTextStyle } from '../text-style.ts';
import type { CountingNumber } from './counting-number.ts';

/** What letters need, in pixels: a digit on its way has the width of the widest, or the number would tremble. */
export interface LetterPitch {
  readonly widthOf: (text: string) => number;
  readonly widestDigit: number;
  /** What stands left and right of the number. */
  readonly sides: readonly [left: string, right: string];
  /** From the left edge of the whole text to the right one of its number. */
  readonly numberEnd: number;
  /** Where each letter of the whole number begins. */
  readonly finalStarts: readonly number[];
}

export function letterPitch(context: DrawingContext, block: TextBlock, count: CountingNumber): LetterPitch {
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
export function placeLetters(
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
