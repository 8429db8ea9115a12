import type { Chart } from '../../protocol/index.ts';
import { type Box, insetBox, wholePixels } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { chartLegend } from './chart-legend.ts';
import { chartLook, needsCard } from './chart-look.ts';
import { freeRegion } from './free-region.ts';
import { fullVisual } from './ground.ts';
import { headingStrip } from './heading-strip.ts';
import { lineChart } from './line-chart.ts';
import { lyingBars } from './lying-bars.ts';
import { paintPanel, panelRadius } from './panel.ts';
import { pieChart } from './pie-chart.ts';
import type { PlotRequest } from './plot.ts';
import type { LayoutPainter, ScenePart, SceneRequest } from './scene-part.ts';
import { sideNotes } from './side-notes.ts';
import { standingPart } from './standing-part.ts';
import { uprightBars } from './upright-bars.ts';

/** Numbers as bars, lines or a ring, which grow when they come in. */
export const chart: LayoutPainter = (surface, request) => {
  const heading = headingStrip(surface, request, { region: freeRegion(request) });
  const notes = sideNotes(surface, request, heading.rest);
  const { chart: shown } = request.scene;
  const parts = shown === undefined ? [] : chartParts(surface, request, { shown, region: notes.rest });
  return { visuals: fullVisual(request), parts: [...heading.partsAt(0), ...notes.parts, ...parts] };
};

type ChartPainter = (surface: DrawingSurface, request: SceneRequest, of: PlotRequest) => ScenePart[];

const painters = {
  bar: (surface, request, of) => uprightBars(surface, request, of) ?? lyingBars(surface, request, of),
  line: lineChart,
  pie: pieChart,
} satisfies Record<Chart['kind'], ChartPainter>;

function chartParts(
  surface: DrawingSurface,
  request: SceneRequest,
  { shown, region }: { readonly shown: Chart; readonly region: Box },
): ScenePart[] {
  const card = needsCard(request) ? [cardPart(surface, request, region)] : [];
  const around = 36 * request.metrics.unit;
  const inside = card.length > 0 ? insetBox(region, { across: around, down: around }) : region;
  const of = { chart: shown, region: inside, look: chartLook(request) };
  const legend = chartLegend(surface, request, of);
  return [
    ...card,
    ...legend.parts,
    ...painters[shown.kind](surface, request, { ...of, region: legend.rest }),
  ];
}

function cardPart(surface: DrawingSurface, request: SceneRequest, region: Box): ScenePart {
  const box = wholePixels(region);
  const paint = (context: DrawingContext): void =>
    paintPanel(context, request, { box, radius: panelRadius(request) });
  return standingPart(surface, request, { name: 'card', box, paint });
}
