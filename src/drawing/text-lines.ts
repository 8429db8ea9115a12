import type { DrawingContext } from './drawing-context.ts';
import type { EnteringLine } from './enter.ts';
import { shapeable } from './shapeable.ts';
import { lineLeft, type TextAlignment, type TextBlock } from './text-block.ts';
import { setTextStyle } from './text-style.ts';
import type { TextLine } from './wrap-text.ts';

/**
 * Where the words and letters of a block stand on the layer it was painted on.
 *
 * @param on The block's top left corner on the layer, and the layer's height, in pixels.
 */
export function enteringLines(
  context: DrawingContext,
  block: TextBlock,
  on: { readonly x: number; readonly y: number; readonly height: number; readonly align: TextAlignment },
): EnteringLine[] {
  context.save();
  setTextStyle(context, block.style);
  const lines = block.lines.map((line, index): EnteringLine => {
    const isLast = index === block.lines.length - 1;
    return {
      top: index === 0 ? 0 : Math.round(on.y + index * block.lineHeight),
      bottom: isLast ? on.height : Math.round(on.y + (index + 1) * block.lineHeight),
      direction: block.direction,
      ...letterPlaces(context, block, { line, left: on.x + lineLeft(block, line, on.align) }),
    };
  });
  context.restore();
  return lines;
}

/** By how far the text before each letter reaches, so that letters that change shape together are measured together. */
function letterPlaces(
  context: DrawingContext,
  block: TextBlock,
  { line, left }: { readonly line: TextLine; readonly left: number },
): Pick<EnteringLine, 'gaps' | 'letterEnds'> {
  const text = shapeable(block.text.slice(line.start, line.end));
  const isLeftToRight = block.direction === 'ltr';
  const place = (width: number): number => (isLeftToRight ? left + width : left + line.width - width);
  const reach = (end: number): number => context.measureText(text.slice(0, end)).width;
  const letterEnds: number[] = [];
  const gaps: number[] = [];
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    const end = index + segment.length;
    const from = letterEnds.at(-1) ?? place(0);
    const to = place(reach(end));
    letterEnds.push(to);
    if (/\s/u.test(segment)) gaps.push(Math.round((from + to) / 2));
  }
  return { gaps: isLeftToRight ? gaps : gaps.reverse(), letterEnds };
}
