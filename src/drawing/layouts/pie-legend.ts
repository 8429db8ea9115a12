import { type Box, rightOf } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { layOutBlock, paintBlock, type TextBlock } from '../text-block.ts';
import { later, objectEntrance, oneAfterAnother } from './appearances.ts';
import { paintedPart } from './entering-part.ts';
import { largestFit } from './largest-fit.ts';
import { bodyStyle } from './letter-styles.ts';
import { numberFormat, percentFormat } from './number-format.ts';
import { chartTypeSize, chartWord, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

export interface LegendPlace {
  readonly set: SetLegend;
  readonly region: Box;
  readonly look: PlotRequest['look'];
  readonly place: (box: Box) => Box;
}

/** What each slice is and how large, from top to bottom, coming in as the ring is swept. */
export function pieLegend(surface: DrawingSurface, request: SceneRequest, of: LegendPlace): ScenePart[] {
  const { set } = of;
  const rowBoxes = placeRows(set, of.region);
  const count = set.rows.length;
  const first = later(objectEntrance(request), 0.4);
  return set.rows.flatMap((row, index) => {
    const box = rowBoxes[index];
    if (box === undefined) return [];
    const paint = (context: DrawingContext): void => paintRow(context, of, { row, box, index });
    const appears = oneAfterAnother(first, { index, count });
    return [
      paintedPart(surface, request, { name: `slice ${index + 1}`, box: of.place(box), appears, paint }),
    ];
  });
}

interface LegendRow {
  readonly label: TextBlock;
  readonly value: TextBlock;
  /** In per cent; where the values are no percentages themselves. */
  readonly share: TextBlock | undefined;
}

/** A legend set for its place. Pixels. */
export interface SetLegend {
  readonly rows: readonly LegendRow[];
  readonly size: number;
  readonly columns: number;
  /** Of one column, and of all. */
  readonly columnWidth: number;
  readonly width: number;
  readonly shareWidth: number;
  readonly rowHeight: number;
  readonly height: number;
}

/** More slices than this stand in two columns. */
const mostInColumn = 9;
/** In type sizes: from the row's beginning to the label, from there to numbers, between numbers, between columns. */
const swatch = 1.3;
const gaps = { number: 1.4, share: 0.9, column: 1.6 };

/** As large as fits, up to the size of points, and no wider than its words. */
export function setLegend(context: DrawingContext, request: SceneRequest, of: PlotRequest): SetLegend {
  const { labels } = of.chart;
  const columns = labels.length > mostInColumn ? 2 : 1;
  const largest = chartTypeSize(request) * 1.35;
  const write = rowWriter(of.chart, request.timeline.language);
  return largestFit(
    { largest, smallest: largest * 0.08 },
    (size) => setAt(context, request, { of, size, columns, write }),
    (set) => {
      const cut = set.size > largest * 0.4 && set.rows.some(({ label }) => label.cut);
      return set.height <= of.region.height && !cut;
    },
  );
}

interface WrittenRow {
  readonly value: string;
  readonly share: string | undefined;
}

function rowWriter({ series, unit }: PlotRequest['chart'], language: string): (index: number) => WrittenRow {
  const values = series[0]?.values ?? [];
  const whole = values.reduce((sum, value) => sum + value, 0);
  const format = numberFormat(values, { language, unit });
  const percent = percentFormat(language);
  const hasShares = whole > 0 && !unit.trim().startsWith('%');
  return (index) => {
    const value = values[index] ?? 0;
    return { value: format(value), share: hasShares ? percent(value / whole) : undefined };
  };
}

function setAt(
  context: DrawingContext,
  request: SceneRequest,
  at: {
    readonly of: PlotRequest;
    readonly size: number;
    readonly columns: number;
    readonly write: (index: number) => WrittenRow;
  },
): SetLegend {
  const { of, size, columns, write } = at;
  const word = (text: string): TextBlock => chartWord(context, request, text, size);
  const numbers = of.chart.labels.map((_, index) => {
    const { value, share } = write(index);
    return { value: word(value), share: share === undefined ? undefined : word(share) };
  });
  const valueWidth = Math.max(0, ...numbers.map(({ value }) => value.width));
  const shares = numbers.flatMap(({ share }) => (share === undefined ? [] : [share.width]));
  const shareWidth = shares.length === 0 ? 0 : Math.max(...shares) + gaps.share * size;
  const around = (swatch + gaps.number) * size + valueWidth + shareWidth;
  const between = (columns - 1) * gaps.column * size;
  const maximumWidth = Math.max(1, (of.region.width - between) / columns - around);
  const style = bodyStyle(request, size);
  const rows = of.chart.labels.map((text, index) => ({
    label: layOutBlock(context, { text, style, maximumWidth, lineHeight: 1.2 }),
    value: numbers[index]?.value ?? word(''),
    share: numbers[index]?.share,
  }));
  const columnWidth = around + Math.max(0, ...rows.map(({ label }) => label.width));
  const rowHeight = Math.max(0, ...rows.map(({ label }) => label.height)) + 0.5 * size;
  const width = columns * columnWidth + between;
  const height = Math.ceil(rows.length / columns) * rowHeight;
  return { rows, size, columns, columnWidth, width, shareWidth, rowHeight, height };
}

function placeRows(set: SetLegend, region: Box): Box[] {
  const { rows, columns, columnWidth, rowHeight, size } = set;
  const perColumn = Math.ceil(rows.length / columns);
  const top = region.y + Math.max(0, region.height - set.height) / 2;
  return rows.map((_, index) => ({
    x: region.x + Math.floor(index / perColumn) * (columnWidth + gaps.column * size),
    y: top + (index % perColumn) * rowHeight,
    width: columnWidth,
    height: rowHeight,
  }));
}

/** The swatch, the label, and at the end of the row the numbers, each column of them one below the other. */
function paintRow(
  context: DrawingContext,
  { set, look, place }: LegendPlace,
  { row, box, index }: { readonly row: LegendRow; readonly box: Box; readonly index: number },
): void {
  const { size } = set;
  const middle = (x: number, { width, height }: { readonly width: number; readonly height: number }): Box =>
    place({ x, y: box.y + (box.height - height) / 2, width, height });
  const side = size * 0.78;
  const square = middle(box.x, { width: side, height: side });
  context.fillStyle = look.color(index);
  context.beginPath();
  context.roundRect(square.x, square.y, side, side, side * 0.28);
  context.fill();
  const { label, value, share } = row;
  paintBlock(context, label, { ...middle(box.x + swatch * size, label), color: look.text });
  const valueEnd = rightOf(box) - set.shareWidth;
  paintBlock(context, value, { ...middle(valueEnd - value.width, value), color: look.muted });
  if (share === undefined) return;
  paintBlock(context, share, { ...middle(rightOf(box) - share.width, share), color: look.text });
}
