import type { TimelineScene } from '../timeline/index.ts';
import type { CanvasMetrics } from './canvas-metrics.ts';
import type { DrawingContext } from './drawing-context.ts';
import type { Typeface } from './fonts.ts';
import { pointColumns } from './point-columns.ts';
import { layOutBlock, type TextBlock } from './text-block.ts';
import type { Theme } from './themes/index.ts';

/** A block and the top left corner of its letters, in pixels. */
export interface PlacedBlock {
  readonly block: TextBlock;
  readonly x: number;
  readonly y: number;
}

export interface AccentBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a scene's own words stand. Captions are not part of it: it only keeps out of their way. */
export interface SceneLayout {
  readonly heading?: PlacedBlock & { readonly bar: AccentBar };
  readonly points: readonly PlacedBlock[];
  /** Around all of it; undefined when the scene has no words of its own. */
  readonly bounds?: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

export interface LayoutRequest {
  readonly scene: Pick<TimelineScene, 'layout' | 'heading' | 'points' | 'picture'>;
  readonly hasCaptions: boolean;
  readonly theme: Theme;
  readonly metrics: CanvasMetrics;
  readonly face: Typeface;
}

/** Sets the words as large as the theme has them, or smaller until they fit their place. */
export function layOutScene(context: DrawingContext, request: LayoutRequest): SceneLayout {
  const { top, bottom } = region(request);
  let scale = 1;
  let group = layOutGroup(context, request, scale);
  while ((group.height > bottom - top || (group.cut && scale > 0.6)) && scale > 0.08) {
    scale *= 0.94;
    group = layOutGroup(context, request, scale);
  }
  return placeGroup(group, request, { top, bottom });
}

function region({ hasCaptions, metrics }: LayoutRequest): { readonly top: number; readonly bottom: number } {
  const captionTop = metrics.caption.boxTop - 44 * metrics.unit;
  return { top: metrics.marginTop, bottom: hasCaptions ? captionTop : metrics.contentBottom };
}

interface Group {
  readonly heading: TextBlock | undefined;
  readonly points: readonly TextBlock[];
  /** Distances in pixels. */
  readonly bar: { readonly width: number; readonly height: number; readonly gap: number };
  readonly pointIndent: number;
  readonly columns: ReturnType<typeof pointColumns>;
  /** From one column to the next. */
  readonly columnStep: number;
  readonly headingGap: number;
  readonly height: number;
  readonly cut: boolean;
}

function layOutGroup(context: DrawingContext, request: LayoutRequest, scale: number): Group {
  const { scene, theme, metrics, face } = request;
  const unit = metrics.unit * scale;
  const maximumWidth = columnWidth(request);
  const { type } = theme;
  const size = headingSize(request) * unit;
  const headingStyle = { face, weight: type.headingWeight, size, spacing: type.headingSpacing * size };
  const heading =
    scene.heading === undefined
      ? undefined
      : layOutBlock(context, { text: scene.heading, style: headingStyle, maximumWidth, lineHeight: 1.12 });
  const pointSize = type.pointSize * unit;
  const pointStyle = { face, weight: type.pointWeight, size: pointSize, spacing: 0 };
  const pointIndent = pointSize * 0.95;
  const columnCount = columnCountOf(request);
  const columnStep = columnCount > 1 ? (metrics.width - 2 * metrics.marginX) / columnCount : 0;
  const pointWidth = (columnCount > 1 ? columnStep - 40 * unit : maximumWidth) - pointIndent;
  const points = scene.points.map(({ text }) =>
    layOutBlock(context, { text, style: pointStyle, maximumWidth: pointWidth, lineHeight: 1.3 }),
  );
  const columns = pointColumns(points, { columnCount, gap: pointSize * 0.52 });
  const bar = { width: 76 * unit, height: 9 * unit, gap: 30 * unit };
  const group = { heading, points, bar, columns, columnStep, headingGap: 48 * unit, pointIndent };
  return { ...group, ...groupSize(group) };
}

function groupSize(group: Omit<Group, 'height' | 'cut'>): Pick<Group, 'height' | 'cut'> {
  const { heading, points, bar } = group;
  const headingHeight = heading === undefined ? 0 : bar.height + bar.gap + heading.height;
  const between = heading !== undefined && points.length > 0 ? group.headingGap : 0;
  return {
    height: headingHeight + between + group.columns.height,
    cut: heading?.cut === true || points.some((point) => point.cut),
  };
}

function headingSize({ scene, theme }: LayoutRequest): number {
  if (scene.layout === 'title') return theme.type.titleSize;
  const alone = scene.points.length === 0 && scene.picture === undefined;
  return alone ? theme.type.statementSize : theme.type.headingSize;
}

/** A long list on a wide canvas stands in two columns, so that its type need not be tiny. */
function columnCountOf({ scene, metrics }: LayoutRequest): number {
  return metrics.shape === 'wide' && scene.picture === undefined && scene.points.length > 6 ? 2 : 1;
}

/** Lines of a wide canvas are kept short enough to read; beside a picture, half of it stays free. */
function columnWidth({ scene, metrics }: LayoutRequest): number {
  const full = metrics.width - 2 * metrics.marginX;
  if (metrics.shape !== 'wide') return full;
  const beside = scene.picture !== undefined && (scene.layout === 'title' || scene.points.length > 0);
  return full * (beside ? 0.6 : 0.86);
}

function placeGroup(
  group: Group,
  request: LayoutRequest,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): SceneLayout {
  const { scene, metrics } = request;
  const { heading, bar } = group;
  const caption = scene.picture !== undefined && scene.layout === 'content' && scene.points.length === 0;
  // A little above the middle is where the eye expects the middle; a heading over a picture stays out of its way.
  let y = top + Math.max(0, bottom - top - group.height) * (caption ? 0 : 0.46);
  const groupTop = y;
  const left = (block: TextBlock, indent: number): number =>
    block.direction === 'rtl'
      ? metrics.width - metrics.marginX - indent - block.width
      : metrics.marginX + indent;
  const placedHeading = heading === undefined ? undefined : placeHeading(heading, bar, { y, metrics, left });
  if (heading !== undefined) y += bar.height + bar.gap + heading.height + group.headingGap;
  const points = group.points.map((block, index) => {
    const { column, top: below } = group.columns.places[index] ?? { column: 0, top: 0 };
    const x = left(block, group.pointIndent + column * group.columnStep);
    return { block, x: Math.round(x), y: Math.round(y + below) };
  });
  const blocks = [...(placedHeading === undefined ? [] : [placedHeading]), ...points];
  return {
    ...(placedHeading === undefined ? {} : { heading: placedHeading }),
    points,
    ...(blocks.length === 0 ? {} : { bounds: boundsOf(blocks, group, groupTop) }),
  };
}

function placeHeading(
  block: TextBlock,
  bar: Group['bar'],
  at: {
    readonly y: number;
    readonly metrics: CanvasMetrics;
    readonly left: (block: TextBlock, indent: number) => number;
  },
): PlacedBlock & { readonly bar: AccentBar } {
  const { marginX, width } = at.metrics;
  const barX = block.direction === 'rtl' ? width - marginX - bar.width : marginX;
  return {
    block,
    x: Math.round(at.left(block, 0)),
    y: Math.round(at.y + bar.height + bar.gap),
    bar: { x: Math.round(barX), y: Math.round(at.y), width: bar.width, height: bar.height },
  };
}

function boundsOf(
  blocks: readonly PlacedBlock[],
  group: Group,
  top: number,
): NonNullable<SceneLayout['bounds']> {
  return {
    left: Math.min(...blocks.map(({ x }) => x)) - group.pointIndent,
    top,
    right: Math.max(...blocks.map(({ x, block }) => x + block.width)) + group.pointIndent,
    bottom: top + group.height,
  };
}
