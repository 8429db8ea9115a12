import { type Box, bottomOf, rightOf } from '../box.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { paintBlock } from '../text-block.ts';
import { type LabelRow, labelRow } from './label-row.ts';
import { type Scale, shareOf } from './nice-ticks.ts';
import { numberFormat } from './number-format.ts';
import { chartTypeSize, chartWord, inChartDirection, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { standingPart } from './standing-part.ts';

/** Values go up, labels stand below. Before it is mirrored. */
export interface UprightPlot {
  /** Where values are. */
  readonly box: Box;
  readonly scale: Scale;
  readonly labels: LabelRow;
  readonly slotWidth: number;
  /** Top of the labels. */
  readonly labelsTop: number;
  readonly yOf: (value: number) => number;
}

/** Room for axis and labels around the values. */
export function uprightPlot(
  context: DrawingContext,
  request: SceneRequest,
  of: PlotRequest & {
    readonly scale: Scale;
    readonly mayLeaveOut: boolean;
    /** For values that are written above and below the plot, in pixels. */
    readonly headroom: number;
    readonly footroom: number;
  },
): UprightPlot {
  const { chart, region, scale, mayLeaveOut, headroom, footroom } = of;
  const { unit } = request.metrics;
  const size = tickSize(request, of);
  const widest = Math.max(
    ...tickTexts(request, of).map((text) => chartWord(context, request, text, size).width),
  );
  const left = widest + 22 * unit;
  const slotWidth = (region.width - left) / chart.labels.length;
  const labels = labelRow(context, request, {
    labels: chart.labels,
    width: slotWidth,
    height: region.height * 0.28,
    mayLeaveOut,
  });
  const top = size * 0.6 + headroom;
  const bottom = labels.height + labelGap * unit + footroom;
  const box = {
    x: region.x + left,
    y: region.y + top,
    width: region.width - left,
    height: Math.max(1, region.height - top - bottom),
  };
  const yOf = (value: number): number => bottomOf(box) - shareOf(value, scale) * box.height;
  const labelsTop = bottomOf(region) - labels.height;
  return { box, scale, labels, slotWidth, labelsTop, yOf };
}

/** Above the labels, in units. */
const labelGap = 18;

function tickSize(
  request: SceneRequest,
  { region, scale }: { readonly region: Box; readonly scale: Scale },
): number {
  return Math.min(chartTypeSize(request) * 0.9, (region.height * 0.6) / scale.ticks.length);
}

function tickTexts(
  { timeline }: SceneRequest,
  { chart, scale }: Pick<PlotRequest, 'chart'> & { readonly scale: Scale },
): string[] {
  return scale.ticks.map(numberFormat(scale.ticks, { language: timeline.language, unit: chart.unit }));
}

/** Faint lines at round numbers, the line of zero stronger, the numbers beside them and the labels below. */
export function axisPart(
  surface: DrawingSurface,
  request: SceneRequest,
  { plot, of }: { readonly plot: UprightPlot; readonly of: PlotRequest },
): ScenePart {
  const { region, look } = of;
  const place = inChartDirection(request, region);
  const size = tickSize(request, { region, scale: plot.scale });
  const texts = tickTexts(request, { chart: of.chart, scale: plot.scale });
  const { box, scale, yOf } = plot;
  const line = Math.max(1, Math.round(1.6 * request.metrics.unit));
  const paint = (context: DrawingContext): void => {
    for (const [index, tick] of scale.ticks.entries()) {
      const y = Math.round(yOf(tick));
      const row = place({ x: box.x, y, width: box.width, height: line });
      context.fillStyle = withOpacity(look.muted, tick === 0 ? 0.75 : 0.2);
      context.fillRect(row.x, row.y, row.width, row.height);
      const word = chartWord(surface.context, request, texts[index] ?? '', size);
      const at = place({
        x: box.x - 22 * request.metrics.unit - word.width,
        y: y - word.height / 2,
        ...word,
      });
      paintBlock(context, word, { x: at.x, y: at.y, color: look.muted });
    }
    paintLabels(context, { plot, look, place, left: region.x });
  };
  return standingPart(surface, request, { name: 'axis', box: region, paint });
}

function paintLabels(
  context: DrawingContext,
  at: {
    readonly plot: UprightPlot;
    readonly look: PlotRequest['look'];
    readonly place: (box: Box) => Box;
    /** Labels do not go beyond it. */
    readonly left: number;
  },
): void {
  const { labels, slotWidth, labelsTop, box } = at.plot;
  for (const [index, block] of labels.blocks.entries()) {
    const middle = box.x + (index * labels.every + 0.5) * slotWidth;
    // The first and the last of few labels are wider than their slot.
    const x = Math.min(rightOf(box) - block.width, Math.max(at.left, middle - block.width / 2));
    const placed = at.place({ x, y: labelsTop, width: block.width, height: block.height });
    paintBlock(context, block, { x: placed.x, y: placed.y, align: 'center', color: at.look.muted });
  }
}
