import { type Box, boxAround, cutBelow } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { paintBlock, type TextBlock } from '../text-block.ts';
import { objectEntrance } from './appearances.ts';
import { paintedPart } from './entering-part.ts';
import { fitBlock } from './fit-block.ts';
import { bodyStyle } from './letter-styles.ts';
import { chartTypeSize, inChartDirection, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/** Which colour is which series, in rows above the chart, and what is left for it; nothing for one series alone. */
export function chartLegend(
  surface: DrawingSurface,
  request: SceneRequest,
  of: PlotRequest,
): { readonly parts: ScenePart[]; readonly rest: Box } {
  const { chart, region, look } = of;
  if (chart.series.length < 2) return { parts: [], rest: region };
  const entries = placeEntries(surface.context, request, { chart, region });
  const place = inChartDirection(request, region);
  const around = boxAround(entries.map(({ box }) => box)) ?? region;
  const [box, rest] = cutBelow(region, around.height, 30 * request.metrics.unit);
  const paint = (context: DrawingContext): void => {
    for (const [index, entry] of entries.entries()) {
      const at = place(entry.box);
      const side = entry.block.style.size * 0.8;
      const swatch = place({ ...entry.box, width: side });
      const words = place({
        ...entry.box,
        x: entry.box.x + swatchShare * entry.block.style.size,
        width: entry.block.width,
      });
      context.fillStyle = look.color(index);
      context.beginPath();
      context.roundRect(swatch.x, at.y + (at.height - side) / 2, side, side, side * 0.28);
      context.fill();
      paintBlock(context, entry.block, { x: words.x, y: at.y, color: look.text });
    }
  };
  const appears = objectEntrance(request);
  return {
    parts: [paintedPart(surface, request, { name: 'legend', box: place(box), appears, paint })],
    rest,
  };
}

/** From the swatch's beginning to the word, in type sizes. */
const swatchShare = 1.15;

interface LegendEntry {
  readonly block: TextBlock;
  readonly box: Box;
}

function placeEntries(
  context: DrawingContext,
  request: SceneRequest,
  { chart, region }: Pick<PlotRequest, 'chart' | 'region'>,
): LegendEntry[] {
  const size = Math.min(chartTypeSize(request), (region.height * 0.3) / chart.series.length);
  const entries: LegendEntry[] = [];
  let [x, y, rowHeight] = [region.x, region.y, 0];
  for (const { name } of chart.series) {
    const block = fitBlock(context, {
      text: name,
      style: (tried) => bodyStyle(request, tried),
      size,
      within: { width: region.width - swatchShare * size, height: size * 2.6 },
      lineHeight: 1.25,
      mostLines: 1,
    });
    const width = block.width + swatchShare * block.style.size;
    if (x > region.x && x + width > region.x + region.width) {
      x = region.x;
      y += rowHeight;
      rowHeight = 0;
    }
    entries.push({ block, box: { x, y, width, height: Math.max(block.height, size) } });
    rowHeight = Math.max(rowHeight, block.height, size);
    x += width + 1.4 * size;
  }
  return entries;
}
