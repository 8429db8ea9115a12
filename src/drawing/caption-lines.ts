import { isConjunction } from '../timeline/index.ts';
import { type MeasuredText, type TextLine, wrapBalanced } from './wrap-text.ts';

/** A cue in lines: two where one is too narrow, divided where a phrase ends as long as both have about the same length. */
export function captionLines(
  text: MeasuredText,
  { maximumWidth, language }: { readonly maximumWidth: number; readonly language: string },
): TextLine[] {
  const balanced = wrapBalanced({ text, maximumWidth });
  if (balanced.length !== 2) return balanced;
  const divided = divisions(text).filter(({ lines }) => lines.every(({ width }) => width <= maximumWidth));
  const cost = ({ lines, after, before }: Division): number =>
    unevenness(lines) + breakCost(after, before, language);
  const costs = divided.map(cost);
  return divided[costs.indexOf(Math.min(...costs))]?.lines ?? balanced;
}

interface Division {
  readonly lines: [TextLine, TextLine];
  /** The words on both sides of the break. */
  readonly after: string;
  readonly before: string;
}

function divisions({ text, pieces, spaceWidth }: MeasuredText): Division[] {
  const line = (from: number, to: number): TextLine => {
    const own = pieces.slice(from, to);
    const spaces = own.slice(0, -1).filter(({ end, next }) => next > end).length;
    const width = own.reduce((sum, piece) => sum + piece.width, 0) + spaces * spaceWidth;
    return { start: own[0]?.start ?? 0, end: own.at(-1)?.end ?? 0, width };
  };
  return pieces.slice(1).map((piece, index) => {
    const last = pieces[index];
    return {
      lines: [line(0, index + 1), line(index + 1, pieces.length)],
      after: text.slice(last?.start, last?.end),
      before: text.slice(piece.start, piece.end),
    };
  });
}

/** 0 when both are as wide; 1 when the narrower one is nothing. */
function unevenness([first, last]: Division['lines']): number {
  return Math.abs(first.width - last.width) / Math.max(first.width, last.width);
}

/** What a break costs, in shares of the lines' difference that it is worth. */
function breakCost(after: string, before: string, language: string): number {
  if (/[\p{Po}\p{Pd}\p{Pe}\p{Pf}।]$/u.test(after)) return 0;
  if (isConjunction(before, language)) return 0.12;
  // A line that ends with "and" promises what it does not hold.
  return isConjunction(after, language) ? 0.45 : 0.3;
}
