import { type Box, wholePixels } from '../box.ts';
import type { CanvasShape } from '../canvas-shape.ts';
import type { DrawingSurface } from '../drawing-context.ts';
import { ownMotion } from './appearances.ts';
import { type FullBar, growingBars, growSeconds } from './growing-bars.ts';
import { niceScale } from './nice-ticks.ts';
import { allValues, barsOf, chartTypeSize, inChartDirection, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { axisPart, type UprightPlot, uprightPlot } from './upright-plot.ts';
import { valuePart, valueWords } from './value-labels.ts';

/** Bars that stand on the line of zero or hang from it; undefined when their labels need more room than that. */
export function uprightBars(
  surface: DrawingSurface,
  request: SceneRequest,
  of: PlotRequest,
): ScenePart[] | undefined {
  const scale = niceScale(allValues(of.chart), { withZero: true, most: 5 });
  const headroom = chartTypeSize(request) * 0.9;
  const footroom = scale.from < 0 ? headroom : 0;
  const plot = uprightPlot(surface.context, request, {
    ...of,
    scale,
    mayLeaveOut: false,
    headroom,
    footroom,
  });
  if (!plot.labels.isReadable) return undefined;
  const place = inChartDirection(request, of.region);
  const bars = fullBars(plot, of, { place, shape: request.metrics.shape });
  return [
    axisPart(surface, request, { plot, of }),
    growingBars(surface, request, { bars, box: place(plot.box) }),
    ...values(surface, request, { of, bars, slotWidth: plot.slotWidth }),
  ];
}

/** Of a slot, for its bars: what is narrow needs more of it for the numbers on them. */
const groupShares = { wide: 0.7, square: 0.78, tall: 0.84 };
/** Of a bar, between two; and of a bar, for its number: a higher bar may stand beside it. */
const barGap = 0.1;
const numberShare = 0.96;
/** In shares of the plot's height: a single bar is no wall. */
const widestBar = 0.38;

function fullBars(
  plot: UprightPlot,
  { chart, look }: PlotRequest,
  { place, shape }: { readonly place: (box: Box) => Box; readonly shape: CanvasShape },
): FullBar[] {
  const count = chart.series.length;
  const step = Math.min((plot.slotWidth * groupShares[shape]) / count, plot.box.height * widestBar);
  const zero = plot.yOf(0);
  return barsOf(chart).map(({ series, label, value }) => {
    const middle = plot.box.x + (label + 0.5) * plot.slotWidth;
    const x = middle + (series - count / 2) * step;
    const end = plot.yOf(value);
    const box = { x, y: Math.min(zero, end), width: step * (1 - barGap), height: Math.abs(end - zero) };
    // One series can have a colour for good and one for bad news; several have one each.
    const color = look.color(count === 1 && value < 0 ? 3 : series);
    return { box: wholePixels(place(box)), color, from: value < 0 ? 'top' : 'bottom', label };
  });
}

function values(
  surface: DrawingSurface,
  request: SceneRequest,
  at: { readonly of: PlotRequest; readonly bars: readonly FullBar[]; readonly slotWidth: number },
): ScenePart[] {
  const { of, bars, slotWidth } = at;
  const { chart, look } = of;
  const barWidth = bars[0]?.box.width ?? 0;
  const widest = chart.series.length === 1 ? slotWidth * 0.95 : barWidth * numberShare;
  const words = valueWords(surface, request, { chart, widest });
  const { startSeconds, endSeconds } = ownMotion(request, growSeconds);
  const appears = { startSeconds: startSeconds + growSeconds * 0.6, endSeconds };
  const inOrder = chart.series.flatMap((_, series) =>
    bars.filter((__, index) => index % chart.series.length === series),
  );
  const gap = 8 * request.metrics.unit;
  return words.flatMap((block, index) => {
    const bar = inOrder[index];
    if (bar === undefined) return [];
    const y = bar.from === 'bottom' ? bar.box.y - gap - block.height : bar.box.y + bar.box.height + gap;
    const x = bar.box.x + (bar.box.width - block.width) / 2;
    const box = { x, y, width: block.width, height: block.height };
    return [valuePart(surface, request, { block, box, index, color: look.text, appears })];
  });
}
