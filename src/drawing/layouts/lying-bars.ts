import { type Box, rightOf, wholePixels } from '../box.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { layOutBlock, paintBlock, type TextBlock } from '../text-block.ts';
import { objectEntrance, ownMotion } from './appearances.ts';
import { paintedPart } from './entering-part.ts';
import { type FullBar, growingBars, growSeconds } from './growing-bars.ts';
import { largestFit } from './largest-fit.ts';
import { bodyStyle } from './letter-styles.ts';
import { niceScale, type Scale, shareOf } from './nice-ticks.ts';
import { numberFormat } from './number-format.ts';
import { allValues, barsOf, chartTypeSize, chartWord, inChartDirection, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** Bars that lie, each with its label beside it: for labels that are long, or many. */
export function lyingBars(surface: DrawingSurface, request: SceneRequest, of: PlotRequest): ScenePart[] {
  const plot = lyingPlot(surface.context, request, of);
  const place = inChartDirection(request, of.region);
  const isMirrored = place({ ...of.region, width: 0 }).x !== of.region.x;
  const bars = fullBars(plot, of, { place, isMirrored });
  return [
    axisPart(surface, request, { plot, of, place }),
    growingBars(surface, request, { bars, box: place(plot.box) }),
    valuesPart(surface, request, { plot, of, place }),
  ];
}

interface LyingPlot {
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

function lyingPlot(context: DrawingContext, request: SceneRequest, of: PlotRequest): LyingPlot {
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
function barBox(plot: LyingPlot, { chart }: PlotRequest, index: number, value: number): Box {
  const count = chart.series.length;
  const step = (plot.slotHeight * groupShare) / count;
  const [label, series] = [Math.floor(index / count), index % count];
  const top = plot.box.y + label * plot.slotHeight + (plot.slotHeight * (1 - groupShare)) / 2;
  const [zero, end] = [plot.xOf(0), plot.xOf(value)];
  return { x: Math.min(zero, end), y: top + series * step, width: Math.abs(end - zero), height: step * 0.9 };
}

function fullBars(
  plot: LyingPlot,
  of: PlotRequest,
  { place, isMirrored }: { readonly place: (box: Box) => Box; readonly isMirrored: boolean },
): FullBar[] {
  return barsOf(of.chart).map(({ series, label, value }, index) => {
    const color = of.look.color(of.chart.series.length === 1 && value < 0 ? 3 : series);
    const from = value < 0 !== isMirrored ? 'right' : 'left';
    return { box: wholePixels(place(barBox(plot, of, index, value))), color, from, label };
  });
}

interface Placed {
  readonly plot: LyingPlot;
  readonly of: PlotRequest;
  readonly place: (box: Box) => Box;
}

function axisPart(surface: DrawingSurface, request: SceneRequest, { plot, of, place }: Placed): ScenePart {
  const { region, look } = of;
  const line = Math.max(1, Math.round(1.6 * request.metrics.unit));
  const paint = (context: DrawingContext): void => {
    const zero = place({ ...plot.box, x: Math.round(plot.xOf(0)) - line, width: line });
    context.fillStyle = withOpacity(look.muted, 0.75);
    context.fillRect(zero.x, zero.y, zero.width, zero.height);
    for (const [index, block] of plot.labels.entries()) {
      const { width, height } = block;
      const x = region.x + Math.max(...plot.labels.map((label) => label.width)) - width;
      const at = place({ x, y: plot.box.y + (index + 0.5) * plot.slotHeight - height / 2, width, height });
      paintBlock(context, block, { x: at.x, y: at.y, align: 'end', color: look.text });
    }
  };
  const appears = objectEntrance(request);
  return paintedPart(surface, request, {
    name: 'axis',
    box: region,
    appears,
    rise: 0,
    isGround: true,
    paint,
  });
}

function valuesPart(surface: DrawingSurface, request: SceneRequest, { plot, of, place }: Placed): ScenePart {
  const bars = barsOf(of.chart);
  const boxes = bars.map(({ value }, index): Box => {
    const bar = barBox(plot, of, index, value);
    const { width = 0, height = 0 } = plot.values[index] ?? {};
    const x = value < 0 ? bar.x - plot.gap * 0.7 - width : rightOf(bar) + plot.gap * 0.7;
    return place({ x, y: bar.y + (bar.height - height) / 2, width, height });
  });
  const { startSeconds, endSeconds } = ownMotion(request, growSeconds);
  const appears = { startSeconds: startSeconds + growSeconds * 0.6, endSeconds };
  const paint = (context: DrawingContext): void => {
    for (const [index, block] of plot.values.entries()) {
      const at = boxes[index];
      if (at !== undefined) paintBlock(context, block, { x: at.x, y: at.y, color: of.look.text });
    }
  };
  return paintedPart(surface, request, {
    name: 'values',
    box: of.region,
    appears,
    rise: 0,
    isGround: true,
    paint,
  });
}
