import type { Table } from '../../protocol/index.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { layOutBlock, type TextBlock } from '../text-block.ts';
import { rulerSize, textRuler } from '../text-ruler.ts';
import type { TextStyle } from '../text-style.ts';
import { measurePieces } from '../wrap-text.ts';
import { type ColumnNeed, columnWidths } from './column-widths.ts';
import { largestFit } from './largest-fit.ts';
import { bodyStyle } from './letter-styles.ts';
import type { SceneRequest } from './scene-part.ts';

export interface SetRow {
  readonly cells: readonly TextBlock[];
  readonly height: number;
}

/** A table set for its region. Pixels. */
export interface SetTable {
  readonly widths: readonly number[];
  /** The headings first. */
  readonly rows: readonly SetRow[];
  readonly paddingX: number;
  readonly size: number;
  /** Not every cell can be on one line. */
  readonly isTight: boolean;
  readonly height: number;
}

/** Of the theme's points. */
const largestShare = 0.86;
/** In shares of the type size. */
const padding = { across: 0.75, down: 0.4 };
const headingShare = 0.86;
/** How much higher rows get where there is room, in shares of the type size. */
const mostAir = 0.55;

/** As large as the theme has points, or smaller until all of it fits. */
export function setTable(
  context: DrawingContext,
  request: SceneRequest,
  { table, width, height }: { readonly table: Table; readonly width: number; readonly height: number },
): SetTable {
  const needs = columnNeeds(context, request, table);
  const largest = request.theme.type.pointSize * largestShare * request.metrics.unit;
  const set = largestFit(
    { largest, smallest: largest * 0.05 },
    (size) => setAt(context, request, { table, needs, width, size }),
    (tried) => tried.height <= height && !isCut(tried, largest) && !breaksEarly(tried, largest),
  );
  return withAir(set, height, largest);
}

/** A little smaller is better than a short cell in two lines; much smaller is not. */
function breaksEarly({ size, isTight }: SetTable, largest: number): boolean {
  return isTight && size > largest * 0.74;
}

/** Very small type is worse than a word cut in two. */
function isCut({ rows }: SetTable, largest: number): boolean {
  return rows.some(({ cells }) => cells.some(({ cut, style }) => cut && style.size > largest * 0.4));
}

function setAt(
  context: DrawingContext,
  request: SceneRequest,
  of: {
    readonly table: Table;
    readonly needs: readonly ColumnNeed[];
    readonly width: number;
    readonly size: number;
  },
): SetTable {
  const { table, needs, width, size } = of;
  const paddingX = padding.across * size;
  const around = 2 * paddingX;
  const pixels = needs.map((need) => ({
    natural: need.natural * size + around + 1,
    smallest: need.smallest * size + around + 1,
  }));
  const widths = columnWidths(pixels, width);
  const row = (texts: readonly string[], style: TextStyle): SetRow => {
    const cells = texts.map((text, column) =>
      layOutBlock(context, {
        text,
        style,
        maximumWidth: Math.max(1, (widths[column] ?? 0) - around),
        lineHeight: 1.24,
      }),
    );
    const highest = Math.max(style.size, ...cells.map((cell) => cell.height));
    return { cells, height: highest + 2 * padding.down * size };
  };
  const headings = table.columns.map(({ heading }) => heading);
  const rows = [
    ...(headings.every((heading) => heading.trim() === '') ? [] : [row(headings, headStyle(request, size))]),
    ...table.rows.map((texts) => row(texts, bodyStyle(request, size))),
  ];
  const isTight = pixels.reduce((sum, { natural }) => sum + natural, 0) > width;
  return { widths, rows, paddingX, size, isTight, height: rows.reduce((sum, each) => sum + each.height, 0) };
}

function headStyle(request: SceneRequest, size: number): TextStyle {
  return { ...bodyStyle(request, size * headingShare), weight: 700 };
}

/** Rows of a short table stand a little farther apart. */
function withAir(set: SetTable, height: number, size: number): SetTable {
  const air = Math.max(0, Math.min(mostAir * size, (height - set.height) / Math.max(1, set.rows.length)));
  const rows = set.rows.map((row) => ({ ...row, height: row.height + air }));
  return { ...set, rows, height: set.height + air * rows.length };
}

/** In shares of the type size of the cells. */
function columnNeeds(context: DrawingContext, request: SceneRequest, { columns, rows }: Table): ColumnNeed[] {
  return columns.map(({ heading }, column) => {
    const cells = rows.map((row) => measureNeed(context, row[column] ?? '', bodyStyle(request, rulerSize)));
    const all = [...cells, measureNeed(context, heading, headStyle(request, rulerSize))];
    return {
      natural: Math.max(...all.map(({ natural }) => natural)),
      smallest: Math.max(...all.map(({ smallest }) => smallest)),
    };
  });
}

function measureNeed(context: DrawingContext, text: string, style: TextStyle): ColumnNeed {
  const { pieces, spaceWidth } = measurePieces(textRuler(context, style), text);
  const widths = pieces.map(({ width }) => width);
  const spaces = pieces.slice(0, -1).filter(({ next, end }) => next > end).length;
  return {
    natural: (widths.reduce((sum, width) => sum + width, 0) + spaces * spaceWidth) / rulerSize,
    smallest: Math.max(0, ...widths) / rulerSize,
  };
}
