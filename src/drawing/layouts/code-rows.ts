import type { CodeLine, CodeTokenKind } from '../../timeline/index.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { setTextStyle, type TextStyle } from '../text-style.ts';

/** A piece of code in one colour, in its place: pixels from the row's left edge. */
export interface PlacedToken {
  readonly text: string;
  readonly kind: CodeTokenKind;
  readonly x: number;
}

/** What stands on one row of the screen: a line of code, or a part of one that is too long. */
export interface CodeRow {
  /** From 0. */
  readonly lineIndex: number;
  /** Whether the line begins here: it has its number here. */
  readonly isFirst: boolean;
  readonly tokens: readonly PlacedToken[];
}

/** Measures code once; its rows for any size follow. */
export interface CodeRuler {
  /** How wide the widest line is, in shares of the type size. */
  readonly widest: number;
  /** @param columns How wide rows may be, in shares of the type size. */
  readonly rows: (columns: number) => CodeRow[];
}

const rulerSize = 100;
const tab = '  ';

/** Places in the rows are in shares of the type size, too. */
export function codeRuler(
  context: DrawingContext,
  lines: readonly CodeLine[],
  style: (size: number) => TextStyle,
): CodeRuler {
  const known = new Map<string, number>();
  const widthOf = (text: string): number => {
    const width = known.get(text) ?? measure(context, text, style(rulerSize));
    known.set(text, width);
    return width;
  };
  const clean = lines.map((line) =>
    line.map(({ text, kind }) => ({ text: text.replaceAll('\t', tab).replaceAll(/[\r\n]/g, ''), kind })),
  );
  const widths = clean.map((line) => line.reduce((sum, { text }) => sum + widthOf(text), 0));
  return {
    widest: Math.max(0, ...widths),
    rows: (columns) => clean.flatMap((line, lineIndex) => rowsOf(line, { lineIndex, columns, widthOf })),
  };
}

function measure(context: DrawingContext, text: string, style: TextStyle): number {
  context.save();
  setTextStyle(context, style);
  const { width } = context.measureText(text);
  context.restore();
  return width / style.size;
}

interface Wrapping {
  readonly lineIndex: number;
  readonly columns: number;
  readonly widthOf: (text: string) => number;
}

/** How far the rest of a line stands in, and at most, in shares of the type size and of the width. */
const hang = 1.2;
const mostHang = 0.35;

function rowsOf(line: CodeLine, { lineIndex, columns, widthOf }: Wrapping): CodeRow[] {
  const indent = widthOf(/^\s*/u.exec(line.map(({ text }) => text).join(''))?.[0] ?? '');
  const restStart = Math.min(indent + hang, columns * mostHang);
  const rows: PlacedToken[][] = [[]];
  let x = 0;
  for (const { text, kind } of pieces(line, columns - restStart, widthOf)) {
    const width = widthOf(text);
    if (x + width > columns + 1e-6 && x > restStart) {
      rows.push([]);
      x = restStart;
      if (text.trim() === '') continue;
    }
    rows.at(-1)?.push({ text, kind, x });
    x += width;
  }
  return rows.map((tokens, index) => ({ lineIndex, isFirst: index === 0, tokens }));
}

/** The tokens, those divided that are wider than a row: words first, letters where one word is too wide. */
function pieces(line: CodeLine, widest: number, widthOf: (text: string) => number): CodeLine {
  return line.flatMap(({ text, kind }) => {
    if (widthOf(text) <= widest) return [{ text, kind }];
    const words = text.split(/(?<=\s)/u);
    return words
      .flatMap((word) =>
        widthOf(word) <= widest ? [word] : Array.from(segments.segment(word), (each) => each.segment),
      )
      .map((piece) => ({ text: piece, kind }));
  });
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
