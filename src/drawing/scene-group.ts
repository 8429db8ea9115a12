import { type AccentRoom, accentRoom } from './accent.ts';
import type { DrawingContext } from './drawing-context.ts';
import { pointColumns } from './point-columns.ts';
import type { LayoutRequest } from './scene-layout.ts';
import { layOutBlock, type TextBlock } from './text-block.ts';

/** A scene's words set at one size, not yet placed. */
export interface Group {
  readonly heading: TextBlock | undefined;
  readonly points: readonly TextBlock[];
  /** Distances in pixels. */
  readonly accent: AccentRoom & { readonly unit: number };
  readonly columnWidth: number;
  readonly pointIndent: number;
  readonly columns: ReturnType<typeof pointColumns>;
  /** From one column to the next. */
  readonly columnStep: number;
  readonly headingGap: number;
  readonly height: number;
  readonly cut: boolean;
}

/**
 * @param size.scale Of everything.
 * @param size.growth Of the points besides; the heading grows with them, but less.
 */
export function layOutGroup(
  context: DrawingContext,
  request: LayoutRequest,
  size: { readonly scale: number; readonly growth: number },
): Group {
  const unit = request.metrics.unit * size.scale;
  const headingUnit = unit * (1 + 0.4 * (size.growth - 1));
  const heading = layOutHeading(context, request, headingUnit);
  const list = layOutPoints(context, request, {
    unit,
    size: request.theme.type.pointSize * unit * size.growth,
  });
  const accent = { ...accentRoom(request.theme, headingUnit), unit: headingUnit };
  const group = {
    heading,
    ...list,
    accent,
    columnWidth: columnWidth(request),
    headingGap: 50 * headingUnit,
  };
  return { ...group, ...groupSize(group) };
}

function layOutHeading(context: DrawingContext, request: LayoutRequest, unit: number): TextBlock | undefined {
  const { scene, theme, faces } = request;
  const size = headingSize(request) * unit;
  const { headingWeight: weight, headingSpacing } = theme.type;
  const style = { face: faces.heading, weight, size, spacing: headingSpacing * size };
  if (scene.heading === undefined) return undefined;
  const maximumWidth = columnWidth(request);
  const { headingLineHeight: lineHeight } = theme.type;
  return layOutBlock(context, { text: scene.heading, style, maximumWidth, lineHeight });
}

function layOutPoints(
  context: DrawingContext,
  request: LayoutRequest,
  { unit, size }: { readonly unit: number; readonly size: number },
): Pick<Group, 'points' | 'pointIndent' | 'columns' | 'columnStep'> {
  const { scene, theme, region, faces } = request;
  const style = { face: faces.body, weight: theme.type.pointWeight, size, spacing: 0 };
  // Room for markers, which lines under a title have none of.
  const pointIndent = scene.layout === 'title' ? 0 : size * 1.05;
  const columnCount = columnCountOf(request);
  const columnStep = columnCount > 1 ? region.width / columnCount : 0;
  const maximumWidth = (columnCount > 1 ? columnStep - 40 * unit : columnWidth(request)) - pointIndent;
  const points = scene.points.map(({ text }) =>
    layOutBlock(context, { text, style, maximumWidth, lineHeight: 1.28 }),
  );
  const columns = pointColumns(points, { columnCount, gap: size * 0.6 });
  return { points, pointIndent, columns, columnStep };
}

function groupSize(group: Omit<Group, 'height' | 'cut'>): Pick<Group, 'height' | 'cut'> {
  const { heading, points, accent } = group;
  const headingHeight = heading === undefined ? 0 : accent.above + heading.height + accent.below;
  const between = heading !== undefined && points.length > 0 ? group.headingGap : 0;
  return {
    height: headingHeight + between + group.columns.height,
    cut: heading?.cut === true || points.some((point) => point.cut),
  };
}

function headingSize({ scene, theme, ground }: LayoutRequest): number {
  if (scene.layout === 'title') return theme.type.titleSize;
  const alone = scene.points.length === 0 && ground === 'backdrop';
  return alone ? theme.type.statementSize : theme.type.headingSize;
}

/** A long list on a wide canvas stands in two columns, so that its type need not be tiny. */
function columnCountOf({ scene, metrics, ground }: LayoutRequest): number {
  return metrics.shape === 'wide' && ground === 'backdrop' && scene.points.length > 6 ? 2 : 1;
}

/** Headings on a wide canvas do not run to its edge; over a picture, half of it stays free. */
function columnWidth({ scene, metrics, region, ground }: LayoutRequest): number {
  if (metrics.shape !== 'wide' || ground === 'beside-picture') return region.width;
  const list = scene.points.length > 0;
  if (ground === 'picture' && (list || scene.layout === 'title')) return region.width * 0.6;
  return list ? region.width : region.width * 0.86;
}
