import { type Box, rightOf } from '../box.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { easeInOut, progressBetween } from '../easing.ts';
import { drawEntering } from '../enter.ts';
import { ownMotion } from './appearances.ts';
import { paintLayer } from './entering-part.ts';
import { niceScale } from './nice-ticks.ts';
import { allValues, chartTypeSize, inChartDirection, type PlotRequest } from './plot.ts';
import { readingDirection } from './reading-direction.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { axisPart, type UprightPlot, uprightPlot } from './upright-plot.ts';
import { valuePart, valueWords } from './value-labels.ts';

/** How long the lines are drawn. */
const drawSeconds = 1.7;

/** A line for each series, drawn from the first label to the last. */
export function lineChart(surface: DrawingSurface, request: SceneRequest, of: PlotRequest): ScenePart[] {
  const scale = niceScale(allValues(of.chart), { withZero: false, most: 5 });
  const isSingle = of.chart.series.length === 1;
  const headroom = isSingle ? chartTypeSize(request) * 1.3 : 0;
  const plot = uprightPlot(surface.context, request, {
    ...of,
    scale,
    mayLeaveOut: true,
    headroom,
    footroom: 0,
  });
  const place = inChartDirection(request, of.region);
  const lines = of.chart.series.map(({ values }) => pointsOf(values, plot, place));
  return [
    axisPart(surface, request, { plot, of }),
    drawnLines(surface, request, { lines, plot, of, place }),
    ...(isSingle ? valuesAt(surface, request, { line: lines[0] ?? [], of }) : []),
  ];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function pointsOf(values: readonly number[], plot: UprightPlot, place: (box: Box) => Box): Point[] {
  return values.map((value, index) => {
    const x = plot.box.x + (index + 0.5) * plot.slotWidth;
    return { x: place({ x, y: 0, width: 0, height: 0 }).x, y: plot.yOf(value) };
  });
}

interface Lines {
  readonly lines: readonly (readonly Point[])[];
  readonly plot: UprightPlot;
  readonly of: PlotRequest;
  readonly place: (box: Box) => Box;
}

function drawnLines(surface: DrawingSurface, request: SceneRequest, of: Lines): ScenePart {
  const box = of.place(of.plot.box);
  const air = 14 * request.metrics.unit;
  const layer = paintLayer(surface, { box, air, paint: (context) => paintLines(context, request, of) });
  const { startSeconds, endSeconds } = ownMotion(request, drawSeconds);
  const fromRight = readingDirection(request) === 'rtl';
  return {
    name: 'lines',
    box,
    isGround: true,
    draw: (context, { atSeconds, opacity }) => {
      const progress = easeInOut(progressBetween(atSeconds, startSeconds, endSeconds));
      if (progress <= 0) return;
      const state = { shown: 1, opacity, motion: 'none', distance: 0 } as const;
      if (progress === 1) return drawEntering(context, layer, state);
      const width = (box.width + 2 * air) * progress;
      context.save();
      context.beginPath();
      context.rect(
        fromRight ? rightOf(box) + air - width : box.x - air,
        box.y - air,
        width,
        box.height + 2 * air,
      );
      context.clip();
      drawEntering(context, layer, state);
      context.restore();
    },
  };
}

/** More points than this are a curve: dots would only thicken it. */
const mostDots = 16;

function paintLines(context: DrawingContext, request: SceneRequest, { lines, plot, of }: Lines): void {
  const { unit } = request.metrics;
  const single = lines.length === 1 ? lines[0] : undefined;
  if (single !== undefined) fillBelow(context, single, { plot, color: of.look.color(0) });
  for (const [index, points] of lines.entries()) {
    const color = of.look.color(index);
    context.strokeStyle = color;
    context.lineWidth = 6 * unit;
    context.lineJoin = 'round';
    trace(context, points);
    context.stroke();
    if (points.length > mostDots) continue;
    context.fillStyle = color;
    for (const { x, y } of points) {
      context.beginPath();
      context.arc(x, y, 9 * unit, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

function trace(context: DrawingContext, points: readonly Point[]): void {
  context.beginPath();
  for (const [index, { x, y }] of points.entries()) {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

/** A veil between the line and zero, or the lowest value there is. */
function fillBelow(
  context: DrawingContext,
  points: readonly Point[],
  { plot, color }: { readonly plot: UprightPlot; readonly color: string },
): void {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return;
  const base = plot.yOf(Math.min(plot.scale.to, Math.max(plot.scale.from, 0)));
  const ramp = context.createLinearGradient(0, Math.min(...points.map(({ y }) => y)), 0, base);
  ramp.addColorStop(0, withOpacity(color, 0.34));
  ramp.addColorStop(1, withOpacity(color, 0.02));
  context.fillStyle = ramp;
  trace(context, points);
  context.lineTo(last.x, base);
  context.lineTo(first.x, base);
  context.closePath();
  context.fill();
}

function valuesAt(
  surface: DrawingSurface,
  request: SceneRequest,
  { line, of }: { readonly line: readonly Point[]; readonly of: PlotRequest },
): ScenePart[] {
  const { chart, look, region } = of;
  const words = valueWords(surface, request, { chart, widest: (region.width / chart.labels.length) * 0.8 });
  const { startSeconds } = ownMotion(request, drawSeconds);
  return words.flatMap((block, index) => {
    const point = line[index];
    if (point === undefined) return [];
    const start = startSeconds + (drawSeconds * (index + 0.5)) / line.length;
    const appears = { startSeconds: start, endSeconds: start + 0.4 };
    const y = point.y - 20 * request.metrics.unit - block.height;
    const x = Math.min(rightOf(region) - block.width, Math.max(region.x, point.x - block.width / 2));
    const box = { x, y, width: block.width, height: block.height };
    return [valuePart(surface, request, { block, box, index, color: look.text, appears })];
  });
}
