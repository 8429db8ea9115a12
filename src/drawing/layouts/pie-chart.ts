import { type Box, cutBelow, cutBeside } from '../box.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { easeInOut, progressBetween } from '../easing.ts';
import { drawEntering } from '../enter.ts';
import { ownMotion } from './appearances.ts';
import { paintLayer } from './entering-part.ts';
import { pieLegend, type SetLegend, setLegend } from './pie-legend.ts';
import { inChartDirection, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** How long the ring is swept. */
export const sweepSeconds = 1.5;

/** A ring of shares, swept from the top, and beside or below it what each share is. */
export function pieChart(surface: DrawingSurface, request: SceneRequest, of: PlotRequest): ScenePart[] {
  const { ring, legend, set } = divide(surface, request, of);
  const place = inChartDirection(request, of.region);
  return [
    sweptRing(surface, request, { of, box: place(ring) }),
    ...pieLegend(surface, request, { set, region: legend, look: of.look, place }),
  ];
}

/** Of the height there is beside the legend: a ring needs air, above all to a heading. */
const ringShare = 0.9;

/** Ring and legend stand together in the middle, not each at its edge. */
function divide(
  surface: DrawingSurface,
  request: SceneRequest,
  of: PlotRequest,
): { readonly ring: Box; readonly legend: Box; readonly set: SetLegend } {
  const { region } = of;
  const gap = 72 * request.metrics.unit;
  const setIn = (room: Box): SetLegend => setLegend(surface.context, request, { ...of, region: room });
  if (region.height > region.width * 0.85) {
    const side = Math.min(region.width * 0.8, region.height * 0.52);
    const [above, below] = cutBelow(region, side, gap);
    const set = setIn(below);
    const spare = Math.max(0, below.height - set.height) / 2;
    return {
      ring: square({ ...above, y: above.y + spare }, side),
      legend: { ...inMiddleAcross(below, set.width), y: below.y + spare, height: set.height },
      set,
    };
  }
  const side = Math.min(region.height * ringShare, region.width * 0.42);
  const set = setIn({ ...region, width: Math.max(0, region.width - side - gap) });
  const [left, legend] = cutBeside(inMiddleAcross(region, side + gap + set.width), side, gap);
  return { ring: square(left, side), legend, set };
}

function inMiddleAcross(region: Box, width: number): Box {
  return { ...region, x: region.x + (region.width - width) / 2, width };
}

function square({ x, y, width, height }: Box, side: number): Box {
  return { x: x + (width - side) / 2, y: y + (height - side) / 2, width: side, height: side };
}

/** In turns, from the top, clockwise. */
interface Slice {
  readonly from: number;
  readonly to: number;
  readonly color: string;
}

function slicesOf({ chart, look }: PlotRequest): Slice[] {
  const values = chart.series[0]?.values ?? [];
  const whole = values.reduce((sum, value) => sum + value, 0);
  let from = 0;
  return values.flatMap((value, index) => {
    const to = whole > 0 ? from + value / whole : from;
    const slice = { from, to, color: look.color(index) };
    from = to;
    return slice.to > slice.from ? [slice] : [];
  });
}

function sweptRing(
  surface: DrawingSurface,
  request: SceneRequest,
  { of, box }: { readonly of: PlotRequest; readonly box: Box },
): ScenePart {
  const slices = slicesOf(of);
  const track = { from: 0, to: 1, color: withOpacity(of.look.muted, 0.18) };
  const { startSeconds, endSeconds } = ownMotion(request, sweepSeconds);
  const paintUntil = (context: DrawingContext, until: number): void => {
    for (const slice of slices.length === 0 ? [track] : slices) paintSlice(context, box, { ...slice, until });
  };
  const whole = paintLayer(surface, { box, paint: (context) => paintUntil(context, 1) });
  return {
    name: 'ring',
    box,
    isGround: false,
    draw: (context, { atSeconds, opacity }) => {
      const swept = easeInOut(progressBetween(atSeconds, startSeconds, endSeconds));
      if (swept === 1) {
        drawEntering(context, whole, { shown: 1, opacity, motion: 'none', distance: 0 });
        return;
      }
      context.globalAlpha = opacity;
      paintUntil(context, swept);
      context.globalAlpha = 1;
    },
  };
}

/** Of the radius. */
const hole = 0.56;
/** Between two slices, in turns. */
const gapTurns = 0.004;

function paintSlice(context: DrawingContext, box: Box, slice: Slice & { readonly until: number }): void {
  const isWhole = slice.from === 0 && slice.to >= 1 - 1e-9;
  const gap = isWhole ? 0 : Math.min(gapTurns, (slice.to - slice.from) / 3);
  const [from, to] = [slice.from, Math.min(slice.until, slice.to - gap)];
  if (to <= from) return;
  const angle = (turns: number): number => (turns - 0.25) * 2 * Math.PI;
  const [x, y, radius] = [box.x + box.width / 2, box.y + box.height / 2, box.width / 2];
  context.fillStyle = slice.color;
  context.beginPath();
  context.arc(x, y, radius, angle(from), angle(to));
  context.arc(x, y, radius * hole, angle(to), angle(from), true);
  context.closePath();
  context.fill();
}
