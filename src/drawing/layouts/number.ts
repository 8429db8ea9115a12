import { type Box, bottomOf, boxAround } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import { layOutBlock, type TextBlock } from '../text-block.ts';
import { objectEntrance, pointEntrance } from './appearances.ts';
import { countingPart } from './counting-part.ts';
import { fitBlock } from './fit-block.ts';
import { freeRegion } from './free-region.ts';
import { fullVisual, wordsOnGround } from './ground.ts';
import { largestFit } from './largest-fit.ts';
import { bodyStyle, headingStyle } from './letter-styles.ts';
import type { LayoutPainter, ScenePart, SceneRequest } from './scene-part.ts';
import { scrimPart } from './scrim-part.ts';
import { textPart } from './text-part.ts';

/** The heading as one big number that counts up, the points under it. All in the middle. */
export const number: LayoutPainter = (surface, request) => {
  const region = freeRegion(request);
  const set = setNumber(surface.context, request, region);
  const parts = placedParts(surface, request, { set, region });
  const { halo } = wordsOnGround(request);
  const words = boxAround(parts.map(({ box }) => box));
  const scrim =
    halo === undefined || words === undefined
      ? []
      : [scrimPart(surface, request, { words, isList: false, appears: objectEntrance(request) })];
  return { visuals: fullVisual(request), parts: [...scrim, ...parts] };
};

interface SetNumber {
  readonly figure: TextBlock;
  readonly labels: readonly TextBlock[];
  readonly gap: number;
  readonly labelGap: number;
  readonly height: number;
}

function setNumber(context: DrawingContext, request: SceneRequest, region: Box): SetNumber {
  const { scene, theme, metrics } = request;
  const labels = setLabels(context, request, region);
  const gap = labels.length === 0 ? 0 : 34 * metrics.unit;
  const labelGap = labelGapOf(labels);
  const labelsHeight = labels.reduce((sum, { height }) => sum + height + labelGap, 0);
  const figure = fitBlock(context, {
    text: scene.heading ?? '',
    style: (size) => headingStyle(request, size),
    size: theme.type.numberSize * metrics.unit * (metrics.shape === 'wide' ? 1.15 : 1),
    within: { width: region.width, height: region.height - labelsHeight - gap },
    lineHeight: 1.02,
    mostLines: 1,
  });
  return {
    figure,
    labels,
    gap,
    labelGap,
    height: figure.height + gap + Math.max(0, labelsHeight - labelGap),
  };
}

/** All at one size, and together hardly more than half of the height. */
function setLabels(context: DrawingContext, request: SceneRequest, region: Box): TextBlock[] {
  const { scene, theme, metrics } = request;
  const count = scene.points.length;
  if (count === 0) return [];
  const largest = theme.type.pointSize * metrics.unit * (count === 1 ? 1.2 : 1);
  const isWide = metrics.shape === 'wide' && count < 4;
  const maximumWidth = region.width * (isWide ? 0.8 : 1);
  const labelsAt = (size: number): TextBlock[] =>
    scene.points.map(({ text }) =>
      layOutBlock(context, { text, style: bodyStyle(request, size), maximumWidth, lineHeight: 1.26 }),
    );
  const most = region.height * (count < 4 ? 0.5 : 0.64);
  return largestFit(
    { largest, smallest: largest * 0.05 },
    labelsAt,
    (labels) => labels.reduce((sum, { height }) => sum + height + labelGapOf(labels), 0) <= most,
  );
}

function labelGapOf(labels: readonly TextBlock[]): number {
  return (labels[0]?.style.size ?? 0) * 0.3;
}

function placedParts(
  surface: DrawingSurface,
  request: SceneRequest,
  { set, region }: { readonly set: SetNumber; readonly region: Box },
): ScenePart[] {
  const { colors, halo } = wordsOnGround(request);
  const { figure, labels, gap, labelGap } = set;
  const middle = (block: TextBlock): number => region.x + (region.width - block.width) / 2;
  const top = region.y + Math.max(0, region.height - set.height) * 0.47;
  const counted = countingPart(surface, request, {
    block: figure,
    x: middle(figure),
    y: top,
    color: colors.accent,
    halo,
  });
  let y = bottomOf(counted.box) + gap;
  const words = labels.map((block, index) => {
    const part = textPart(surface, request, {
      name: `point ${index + 1}`,
      block,
      x: middle(block),
      y,
      align: 'center',
      color: index === 0 ? colors.heading : colors.point,
      halo,
      appears: pointEntrance(request, index),
    });
    y += block.height + labelGap;
    return part;
  });
  return [counted, ...words];
}
