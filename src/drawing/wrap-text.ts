import { graphemePieces, linePieces, type TextPiece, wordPieces } from './line-breaks.ts';
import { measureShaped } from './shaped-text.ts';
import type { Ruler } from './text-ruler.ts';

/** One line of a text: its range, and its width in pixels at the size it was measured. */
export interface TextLine {
  readonly start: number;
  readonly end: number;
  readonly width: number;
}

/** A text measured once, at the context's font; lines for any width follow without measuring again. */
export interface MeasuredText {
  readonly text: string;
  readonly pieces: readonly MeasuredPiece[];
  readonly spaceWidth: number;
}

interface MeasuredPiece extends TextPiece {
  readonly width: number;
}

/** @param spaces Width of a space, in shares of the font's own. */
export function measurePieces(ruler: Ruler, text: string, spaces = 1): MeasuredText {
  return {
    text,
    pieces: measured(ruler, text, linePieces(text)),
    spaceWidth: ruler.measureText(' ').width * spaces,
  };
}

/** The same text with every phrase wider than `maximumWidth` divided into words, where its script has both. */
export function divideWidePieces(ruler: Ruler, source: MeasuredText, maximumWidth: number): MeasuredText {
  return replaceWidePieces(ruler, source, { maximumWidth, divide: wordPieces });
}

/** The same text with every piece wider than `maximumWidth` cut into graphemes. */
export function breakWidePieces(ruler: Ruler, source: MeasuredText, maximumWidth: number): MeasuredText {
  return replaceWidePieces(ruler, source, { maximumWidth, divide: graphemePieces });
}

function replaceWidePieces(
  ruler: Ruler,
  source: MeasuredText,
  how: { readonly maximumWidth: number; readonly divide: (text: string, piece: TextPiece) => TextPiece[] },
): MeasuredText {
  const pieces = source.pieces.flatMap((piece) =>
    piece.width <= how.maximumWidth ? [piece] : measured(ruler, source.text, how.divide(source.text, piece)),
  );
  return { ...source, pieces };
}

/** Lines no wider than the maximum, as few as possible, then as even as possible. A piece that is too wide is its own line. */
export function wrapBalanced({
  text,
  maximumWidth,
}: {
  text: MeasuredText;
  maximumWidth: number;
}): TextLine[] {
  const lines = wrapGreedy(text, maximumWidth);
  if (lines.length < 2) return lines;
  let narrow = maximumWidth / lines.length / 2;
  let wide = maximumWidth;
  while (wide - narrow > maximumWidth / 100) {
    const middle = (narrow + wide) / 2;
    if (fits(wrapGreedy(text, middle), { count: lines.length, maximumWidth })) wide = middle;
    else narrow = middle;
  }
  return wrapGreedy(text, wide);
}

function fits(
  lines: readonly TextLine[],
  most: { readonly count: number; readonly maximumWidth: number },
): boolean {
  return lines.length <= most.count && lines.every((line) => line.width <= most.maximumWidth);
}

function wrapGreedy({ pieces, spaceWidth }: MeasuredText, maximumWidth: number): TextLine[] {
  const lines: TextLine[] = [];
  let line: TextLine | undefined;
  let gap = 0;
  for (const piece of pieces) {
    const width: number = line === undefined ? piece.width : line.width + gap + piece.width;
    if (line !== undefined && width > maximumWidth) {
      lines.push(line);
      line = { start: piece.start, end: piece.end, width: piece.width };
    } else {
      line = { start: line?.start ?? piece.start, end: piece.end, width };
    }
    gap = piece.next > piece.end ? spaceWidth : 0;
  }
  return line === undefined ? lines : [...lines, line];
}

function measured(ruler: Ruler, text: string, pieces: readonly TextPiece[]): MeasuredPiece[] {
  return pieces.map((piece) => ({
    ...piece,
    width: measureShaped(ruler, text.slice(piece.start, piece.end)),
  }));
}
