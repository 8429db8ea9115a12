import { type Box, rightOf } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { layOutBlock, paintBlock, type TextBlock } from '../text-block.ts';
import { later, objectEntrance, oneAfterAnother } from './appearances.ts';
import { paintedPart } from './entering-part.ts';
import { largestFit } from './largest-fit.ts';
import { bodyStyle } from './letter-styles.ts';
import { numberFormat } from './number-format.ts';
import { chartTypeSize, chartWord, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** What each slice is and how large, from top to bottom, coming in as the ring is swept. */
export function pieLegend(
  surface: DrawingSurface,
  request: SceneRequest,
  of: PlotRequest & { readonly place: (box: Box) => Box },
): ScenePart[] {
  const set = setLegend(surface.context, request, of);
  const rowBoxes = placeRows(set, of.region);
  const count = set.rows.length;
  const first = later(objectEntrance(request), 0.4);
  return set.rows.flatMap((row, index) => {
    const box = rowBoxes[index];
    if (box === undefined) return [];
    const paint = (context: DrawingContext): void => paintRow(context, of, { set, row, box, index });
    const appears = oneAfterAnother(first, { index, count });
    return [
      paintedPart(surface, request, { name: `slice ${index + 1}`, box: of.place(box), appears, paint }),
    ];
  });
}

interface LegendRow {
  readonly label: TextBlock;
  readonly value: TextBlock;
}

interface SetLegend {
  readonly rows: readonly LegendRow[];
  readonly size: number;
  readonly columns: number;
  readonly columnWidth: number;
  readonly rowHeight: number;
}

/** More slices than this stand in two columns. */
const mostInColumn = 9;

/** As large as fits: up to the size of points. */
function setLegend(
  context: DrawingContext,
  request: SceneRequest,
  { chart, region }: PlotRequest,
): SetLegend {
  const columns = chart.labels.length > mostInColumn ? 2 : 1;
  const columnWidth = region.width / columns;
  const largest = chartTypeSize(request) * 1.35;
  const values = chart.series[0]?.values ?? [];
  const format = numberFormat(values, { language: request.timeline.language, unit: chart.unit });
  const make = (size: number): SetLegend => {
    const written = values.map((value) => chartWord(context, request, format(value), size));
    const widestValue = Math.max(0, ...written.map(({ width }) => width));
    const maximumWidth = Math.max(1, columnWidth - (swatch + 1.6) * size - widestValue);
    const rows = chart.labels.map((text, index) => ({
      label: layOutBlock(context, { text, style: bodyStyle(request, size), maximumWidth, lineHeight: 1.2 }),
      value: written[index] ?? chartWord(context, request, '', size),
    }));
    const rowHeight = Math.max(...rows.map(({ label }) => label.height)) + 0.5 * size;
    return { rows, size, columns, columnWidth, rowHeight };
  };
  return largestFit({ largest, smallest: largest * 0.08 }, make, (set) => {
    const perColumn = Math.ceil(set.rows.length / columns);
    const cut = set.size > largest * 0.4 && set.rows.some(({ label }) => label.cut);
    return perColumn * set.rowHeight <= region.height && !cut;
  });
}

/** From the row's beginning to the label, in type sizes. */
const swatch = 1.3;

function placeRows({ rows, columns, columnWidth, rowHeight, size }: SetLegend, region: Box): Box[] {
  const perColumn = Math.ceil(rows.length / columns);
  const top = region.y + Math.max(0, region.height - perColumn * rowHeight) / 2;
  return rows.map((_, index) => ({
    x: region.x + Math.floor(index / perColumn) * columnWidth,
    y: top + (index % perColumn) * rowHeight,
    width: columnWidth - (columns > 1 ? size : 0),
    height: rowHeight,
  }));
}

function paintRow(
  context: DrawingContext,
  { look, place }: PlotRequest & { readonly place: (box: Box) => Box },
  {
    set,
    row,
    box,
    index,
  }: { readonly set: SetLegend; readonly row: LegendRow; readonly box: Box; readonly index: number },
): void {
  const { size } = set;
  const { label, value } = row;
  const side = size * 0.78;
  const middle = (height: number): number => box.y + (box.height - height) / 2;
  const square = place({ x: box.x, y: middle(side), width: side, height: side });
  context.fillStyle = look.color(index);
  context.beginPath();
  context.roundRect(square.x, square.y, side, side, side * 0.28);
  context.fill();
  const words = place({
    x: box.x + swatch * size,
    y: middle(label.height),
    width: label.width,
    height: label.height,
  });
  paintBlock(context, label, { x: words.x, y: words.y, color: look.text });
  const numbers = place({
    x: rightOf(box) - value.width,
    y: middle(value.height),
    width: value.width,
    height: value.height,
  });
  paintBlock(context, value, { x: numbers.x, y: numbers.y, color: look.muted });
}
