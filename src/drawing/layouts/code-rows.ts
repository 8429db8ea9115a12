import type { CodeLine, CodeTokenKind } from '../../timeline/index.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { setTextStyle, type TextStyle } from '../text-style.ts';
import { codeBreaks } from './code-breaks.ts';

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
  const room = { first: columns, rest: columns - restStart };
  const whole = line.map((token) => ({ ...token, width: widthOf(token.text) }));
  const fits = whole.reduce((sum, { width }) => sum + width, 0) <= columns + 1e-6;
  const set = fits ? whole : pieces(line, room.rest, widthOf);
  const starts = fits ? [0] : codeBreaks(set, room);
  return starts.map((start, index) => ({
    lineIndex,
    isFirst: index === 0,
    tokens: placed(set.slice(start, starts[index + 1]), index === 0 ? 0 : restStart),
  }));
}

function placed(tokens: readonly MeasuredToken[], from: number): PlacedToken[] {
  let x = from;
  return tokens.map(({ text, kind, width }) => {
    const at = { text, kind, x };
    x += width;
    return at;
  });
}

type MeasuredToken = CodeLine[number] & { readonly width: number };

/** The tokens without the white space around them; those divided that are wider than a row: words first, then letters. */
function pieces(line: CodeLine, widest: number, widthOf: (text: string) => number): MeasuredToken[] {
  return line.flatMap(({ text, kind }) => {
    const [words, spaces] = [/(?<=\s)(?=\S)|(?<=\S)(?=\s)/u, /(?<=^\s+)(?=\S)|(?<=\S)(?=\s+$)/u];
    const parts = text.split(widthOf(text) <= widest ? spaces : words);
    return parts
      .flatMap((part) =>
        widthOf(part) <= widest ? [part] : Array.from(segments.segment(part), (each) => each.segment),
      )
      .map((part) => ({ text: part, kind, width: widthOf(part) }));
  });
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
