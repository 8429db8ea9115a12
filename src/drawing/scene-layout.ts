import type { TimelineScene } from '../timeline/index.ts';
import { accentBox } from './accent.ts';
import { type Box, rightOf } from './box.ts';
import type { CanvasMetrics } from './canvas-metrics.ts';
import type { DrawingContext } from './drawing-context.ts';
import type { Faces } from './faces.ts';
import { type Group, layOutGroup } from './scene-group.ts';
import type { TextBlock } from './text-block.ts';
import type { Theme } from './themes/index.ts';

/** A block and the top left corner of its letters, in pixels. */
export interface PlacedBlock {
  readonly block: TextBlock;
  readonly x: number;
  readonly y: number;
}

/** A heading and what goes with it in the accent colour. */
export interface PlacedHeading extends PlacedBlock {
  readonly accent: Box | undefined;
}

/** Where a scene's own words stand. Captions are not part of it: it only keeps out of their way. */
export interface SceneLayout {
  readonly heading?: PlacedHeading;
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
  readonly scene: Pick<TimelineScene, 'layout' | 'heading' | 'points'>;
  /** What the words have for themselves. */
  readonly region: Box;
  /** Words over a picture leave some of it free; those beside one fill their region. */
  readonly ground: 'backdrop' | 'picture' | 'beside-picture';
  /** By how much points may be larger than the theme has them. */
  readonly mostGrowth?: number;
  readonly theme: Theme;
  readonly metrics: CanvasMetrics;
  readonly faces: Faces;
}

/** Sets the words as large as the theme has them, few points larger, and all smaller until they fit their place. */
export function layOutScene(context: DrawingContext, request: LayoutRequest): SceneLayout {
  const { height } = request.region;
  const group = request.scene.points.length > 0 ? fitPoints(context, request, height) : undefined;
  return placeGroup(group ?? fitAll(context, request, height), request);
}

/** By how much points may be larger or smaller than the theme has them; the heading goes part of the way with them. */
const growths = { largest: 1.5, step: 0.04, smallest: 0.7 };
/** Of the height there is, for points larger than usual: a full tall screen would be a wall of words. */
const comfortable = { wide: 0.94, square: 0.86, tall: 0.7 };

/** The largest points that fit; larger than usual only with some air and, on a wide canvas, no more lines. */
function fitPoints(context: DrawingContext, request: LayoutRequest, height: number): Group | undefined {
  const { shape } = request.metrics;
  const usual = layOutGroup(context, request, { scale: 1, growth: 1 });
  const mostLines = usual.points.map(({ lines }) =>
    shape === 'wide' ? lines.length : Math.max(2, lines.length),
  );
  for (
    let growth = request.mostGrowth ?? growths.largest;
    growth >= growths.smallest;
    growth -= growths.step
  ) {
    const group = layOutGroup(context, request, { scale: 1, growth });
    const larger = growth > 1;
    const wraps = group.points.some(({ lines }, index) => lines.length > (mostLines[index] ?? 1));
    const fits = group.height <= height * (larger ? comfortable[shape] : 1) && !group.cut;
    if (fits && !(larger && wraps)) return group;
  }
  return undefined;
}

/** The words at the usual size, or smaller. */
function fitAll(context: DrawingContext, request: LayoutRequest, height: number): Group {
  const growth = request.scene.points.length > 0 ? growths.smallest : 1;
  let scale = 1;
  let group = layOutGroup(context, request, { scale, growth });
  while ((group.height > height || (group.cut && scale > 0.6)) && scale > 0.08) {
    scale *= 0.94;
    group = layOutGroup(context, request, { scale, growth });
  }
  return group;
}

function placeGroup(group: Group, request: LayoutRequest): SceneLayout {
  const { scene, region, ground } = request;
  const { heading, accent } = group;
  const caption = ground === 'picture' && scene.layout === 'content' && scene.points.length === 0;
  // A little above the middle is where the eye expects the middle; a heading over a picture stays out of its way.
  let y = region.y + Math.max(0, region.height - group.height) * (caption ? 0 : 0.46);
  const groupTop = y;
  const left = (block: TextBlock, indent: number): number =>
    block.direction === 'rtl' ? rightOf(region) - indent - block.width : region.x + indent;
  const placedHeading =
    heading === undefined ? undefined : placeHeading(heading, group, { request, y, left });
  if (heading !== undefined) y += accent.above + heading.height + accent.below + group.headingGap;
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
  { accent, columnWidth }: Group,
  at: {
    readonly request: LayoutRequest;
    readonly y: number;
    readonly left: (block: TextBlock, indent: number) => number;
  },
): PlacedHeading {
  const { region, theme } = at.request;
  const isMirrored = block.direction === 'rtl';
  const columnX = isMirrored ? rightOf(region) - columnWidth : region.x;
  const y = at.y + accent.above;
  return {
    block,
    x: Math.round(at.left(block, 0)),
    y: Math.round(y),
    accent: accentBox(theme, {
      unit: accent.unit,
      top: at.y,
      lettersBottom: y + block.height,
      column: { x: columnX, width: columnWidth },
      isMirrored,
    }),
  };
}

function boundsOf(
  blocks: readonly PlacedBlock[],
  group: Group,
  top: number,
): NonNullable<SceneLayout['bounds']> {
  return {
    left: Math.min(...blocks.map(({ x }) => x)),
    top,
    right: Math.max(...blocks.map(({ x, block }) => x + block.width)),
    bottom: top + group.height,
  };
}
