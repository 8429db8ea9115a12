import { type DrawingContext, drawPart } from './drawing-context.ts';
import { clamp01, easeOut } from './easing.ts';
import {
  type Across,
  type EnteringLine,
  type EnteringState,
  partOf,
  type WrittenLayer,
} from './entering-layer.ts';

/** How long one word takes to come in, in shares of the time that all of them have. */
const longestShare = 0.5;

/** Draws the words that have begun to come in, each rising as it comes. */
export function drawWords(
  context: DrawingContext,
  { letters, x, y }: WrittenLayer,
  { shown, opacity, distance }: EnteringState,
): void {
  const words = letters.lines.map((line) => wordsOf(line, letters.layer.width));
  const eased = easedWords(
    words.map(({ length }) => length),
    shown,
  );
  drawLineShades(context, { letters, x, y }, { opacity, eased });
  for (const [row, { strip }] of letters.lines.entries()) {
    for (const [column, word] of (words[row] ?? []).entries()) {
      const risen = eased[row]?.[column] ?? 0;
      if (risen <= 0) continue;
      context.globalAlpha = risen * opacity;
      const from = partOf(strip, word);
      drawPart(context, letters.layer, {
        from,
        to: { x: x + from.x, y: y + strip.y + (1 - risen) * distance },
      });
    }
  }
  context.globalAlpha = 1;
}

/** How far each word of each line has come in, 0 to 1: one begins after the other, and the last ends with all. */
function easedWords(wordCounts: readonly number[], shown: number): number[][] {
  const count = wordCounts.reduce((sum, words) => sum + words, 0);
  const share = count === 1 ? 1 : longestShare;
  const step = (1 - share) / Math.max(1, count - 1);
  let before = 0;
  return wordCounts.map((words) => {
    const first = before;
    before += words;
    return Array.from({ length: words }, (_, index) =>
      easeOut(clamp01((shown - (first + index) * step) / share)),
    );
  });
}

/** The shade of a line comes with its words, as a whole: cut as the words are, its edges would be seen. */
function drawLineShades(
  context: DrawingContext,
  { letters, x, y }: Pick<WrittenLayer, 'letters' | 'x' | 'y'>,
  { opacity, eased }: { readonly opacity: number; readonly eased: readonly (readonly number[])[] },
): void {
  if (letters.shade === undefined) return;
  for (const [row, { shade }] of letters.lines.entries()) {
    const words = eased[row] ?? [];
    const mean = words.reduce((sum, shown) => sum + shown, 0) / Math.max(1, words.length);
    if (mean <= 0) continue;
    context.globalAlpha = mean * opacity;
    const from = partOf(shade, { x: 0, width: letters.shade.width });
    drawPart(context, letters.shade, { from, to: { x, y: y + shade.y } });
  }
  context.globalAlpha = 1;
}

/** The parts of the layer that hold one word each, in the order of reading. */
function wordsOf({ direction, gaps }: EnteringLine, width: number): Across[] {
  const edges = [0, ...gaps, width];
  const words = edges.slice(1).map((right, index) => {
    const x = edges[index] ?? 0;
    return { x, width: right - x };
  });
  return direction === 'ltr' ? words : words.reverse();
}
