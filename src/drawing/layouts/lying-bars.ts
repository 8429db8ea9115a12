import { type Box, rightOf, wholePixels } from '../box.ts';
import { withOpacity } from '../color.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { paintBlock } from '../text-block.ts';
import { ownMotion } from './appearances.ts';
import { type FullBar, growingBars, growSeconds } from './growing-bars.ts';
import { barBox, type LyingPlot, lyingPlot } from './lying-plot.ts';
import { barsOf, inChartDirection, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { standingPart } from './standing-part.ts';

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
  return standingPart(surface, request, { name: 'axis', box: region, paint });
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
  return standingPart(surface, request, { name: 'values', box: of.region, appears, paint });
}
