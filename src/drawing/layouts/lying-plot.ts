import type { Box } from '../box.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { layOutBlock, type TextBlock } from '../text-block.ts';
import { largestFit } from './largest-fit.ts';
import { bodyStyle } from './letter-styles.ts';
import { niceScale, type Scale, shareOf } from './nice-ticks.ts';
import { numberFormat } from './number-format.ts';
import { allValues, barsOf, chartTypeSize, chartWord, type PlotRequest } from './plot.ts';
import type { SceneRequest } from './scene-part.ts';

/** Values go from the beginning of the line, labels stand before them. Before it is mirrored. */
export interface LyingPlot {
  readonly box: Box;
  readonly scale: Scale;
  readonly labels: readonly TextBlock[];
  readonly values: readonly TextBlock[];
  readonly slotHeight: number;
  readonly xOf: (value: number) => number;
  readonly gap: number;
}

/** Of the width, at most, for labels. */
const labelShare = 0.36;
const groupShare = 0.74;

/** Room for labels and values around the bars. */
export function lyingPlot(context: DrawingContext, request: SceneRequest, of: PlotRequest): LyingPlot {
  const { chart, region } = of;
  const gap = 18 * request.metrics.unit;
  const slotHeight = region.height / chart.labels.length;
  const labels = rowLabels(context, request, {
    labels: chart.labels,
    width: region.width * labelShare,
    height: slotHeight * 0.9,
  });
  const values = valueBlocks(context, request, {
    chart,
    barHeight: (slotHeight * groupShare) / chart.series.length,
  });
  const scale = niceScale(allValues(chart), { withZero: true, most: 5 });
  const left = Math.max(...labels.map(({ width }) => width)) + gap;
  const valueRoom = Math.max(...values.map(({ width }) => width)) + gap;
  const hasNegative = scale.from < 0;
  const box = {
    x: region.x + left + (hasNegative ? valueRoom : 0),
    y: region.y,
    width: Math.max(1, region.width - left - valueRoom * (hasNegative ? 2 : 1)),
    height: region.height,
  };
  const xOf = (value: number): number => box.x + shareOf(value, tight(chart, scale)) * box.width;
  return { box, scale, labels, values, slotHeight, xOf, gap };
}

/** Values are written at the bars: the longest may reach the end. */
function tight(chart: PlotRequest['chart'], scale: Scale): Scale {
  const values = allValues(chart);
  const [from, to] = [Math.min(0, ...values), Math.max(0, ...values)];
  return from === to ? scale : { ...scale, from, to };
}

function rowLabels(
  context: DrawingContext,
  request: SceneRequest,
  {
    labels,
    width,
    height,
  }: { readonly labels: readonly string[]; readonly width: number; readonly height: number },
): TextBlock[] {
  const largest = chartTypeSize(request);
  return largestFit(
    { largest, smallest: largest * 0.1 },
    (size) =>
      labels.map((text) =>
        layOutBlock(context, {
          text,
          style: bodyStyle(request, size),
          maximumWidth: width,
          lineHeight: 1.18,
        }),
      ),
    (tried) =>
      tried.every((block) => block.height <= height && (!block.cut || block.style.size < largest * 0.35)),
  );
}

function valueBlocks(
  context: DrawingContext,
  request: SceneRequest,
  { chart, barHeight }: Pick<PlotRequest, 'chart'> & { readonly barHeight: number },
): TextBlock[] {
  const values = barsOf(chart).map(({ value }) => value);
  const format = numberFormat(values, { language: request.timeline.language, unit: chart.unit });
  const size = Math.min(chartTypeSize(request), barHeight * 0.82);
  return values.map((value) => chartWord(context, request, format(value), size));
}

/** Where a bar lies, of all bars in the order of `barsOf`. */
export function barBox(plot: LyingPlot, { chart }: PlotRequest, index: number, value: number): Box {
  const count = chart.series.length;
  const step = (plot.slotHeight * groupShare) / count;
  const [label, series] = [Math.floor(index / count), index % count];
  const top = plot.box.y + label * plot.slotHeight + (plot.slotHeight * (1 - groupShare)) / 2;
  const [zero, end] = [plot.xOf(0), plot.xOf(value)];
  return { x: Math.min(zero, end), y: top + series * step, width: Math.abs(end - zero), height: step * 0.9 };
}
