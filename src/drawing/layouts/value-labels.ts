import type { Appearance } from '../../timeline/index.ts';
import type { Box } from '../box.ts';
import type { DrawingSurface } from '../drawing-context.ts';
import type { TextBlock } from '../text-block.ts';
import { numberFormat } from './number-format.ts';
import { allValues, chartTypeSize, chartWord, type PlotRequest } from './plot.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { textPart } from './text-part.ts';

/** Up to this many values are written beside what shows them. */
const mostValues = 12;

/** The values in words, all at a size at which none is wider than its place; none where there are too many. */
export function valueWords(
  surface: DrawingSurface,
  request: SceneRequest,
  { chart, widest }: Pick<PlotRequest, 'chart'> & { readonly widest: number },
): TextBlock[] {
  const values = allValues(chart);
  if (values.length > mostValues) return [];
  const format = numberFormat(values, { language: request.timeline.language, unit: chart.unit });
  const usual = chartTypeSize(request);
  const words = (size: number): TextBlock[] =>
    values.map((value) => chartWord(surface.context, request, format(value), size));
  const most = Math.max(...words(usual).map(({ width }) => width));
  const size = Math.min(usual, (usual * widest) / most);
  return size < usual * 0.55 ? [] : words(size);
}

/** A value that is written where it is shown. */
export function valuePart(
  surface: DrawingSurface,
  request: SceneRequest,
  at: {
    readonly block: TextBlock;
    readonly box: Box;
    readonly index: number;
    readonly color: string;
    readonly appears: Appearance;
  },
): ScenePart {
  const { block, box, index, color, appears } = at;
  const rise = 10 * request.metrics.unit;
  return textPart(surface, request, {
    name: `value ${index + 1}`,
    block,
    x: box.x,
    y: box.y,
    color,
    appears,
    rise,
  });
}
