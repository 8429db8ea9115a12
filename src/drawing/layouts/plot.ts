import type { Chart } from '../../protocol/index.ts';
import { type Box, mirrorBox, rightOf } from '../box.ts';
import type { DrawingContext } from '../drawing-context.ts';
import { layOutBlock, type TextBlock } from '../text-block.ts';
import type { ChartLook } from './chart-look.ts';
import { bodyStyle } from './letter-styles.ts';
import type { Scale } from './nice-ticks.ts';
import { readingDirection } from './reading-direction.ts';
import type { SceneRequest } from './scene-part.ts';

/** What a chart is drawn from. */
export interface PlotRequest {
  readonly chart: Chart;
  readonly region: Box;
  readonly look: ChartLook;
}

/** A text of a chart in its place; where the chart is mirrored, so is the place. */
export interface ChartWord {
  readonly block: TextBlock;
  readonly x: number;
  readonly y: number;
}

/** Of the theme's points: what stands at axes and in legends. */
export const chartTypeShare = 0.6;

/** In pixels. */
export function chartTypeSize({ theme, metrics }: SceneRequest): number {
  return theme.type.pointSize * chartTypeShare * metrics.unit;
}

/** A word in one line, at the size of axes. */
export function chartWord(
  context: DrawingContext,
  request: SceneRequest,
  text: string,
  size: number,
): TextBlock {
  const style = bodyStyle(request, size);
  return layOutBlock(context, { text, style, maximumWidth: Number.MAX_SAFE_INTEGER, lineHeight: 1.2 });
}

/** Puts what was laid out from left to right where the chart's readers expect it. */
export function inChartDirection(request: SceneRequest, region: Box): (box: Box) => Box {
  const isMirrored = readingDirection(request) === 'rtl';
  return (box) => (isMirrored ? mirrorBox(box, region.x + rightOf(region)) : box);
}

/** One bar, and what it says. Lengths are 0 to 1 of the scale. */
export interface Bar {
  readonly series: number;
  readonly label: number;
  readonly value: number;
}

export function barsOf({ labels, series }: Chart): Bar[] {
  return labels.flatMap((_, label) =>
    series.map(({ values }, index) => ({ series: index, label, value: values[label] ?? 0 })),
  );
}

export function allValues({ series }: Chart): number[] {
  return series.flatMap(({ values }) => values);
}

/** A plot: where values are, which way they go, and their scale. */
export interface Plot {
  readonly box: Box;
  readonly scale: Scale;
}
