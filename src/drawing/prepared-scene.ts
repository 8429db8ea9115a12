import type { CanvasMetrics } from './canvas-metrics.ts';
import { type DrawingContext, type DrawingSurface, type Layer, openLayer } from './drawing-context.ts';
import { type LayoutRequest, layOutScene, type PlacedBlock, type SceneLayout } from './scene-layout.ts';
import { paintScrim } from './scrim.ts';
import { paintBlock } from './text-block.ts';
import type { TextColors, Theme } from './themes/index.ts';

/** A layer and where its top left corner lies on the canvas, in whole pixels. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly x: number;
  readonly y: number;
}

/** A scene's own words, each piece that moves on a layer of its own. */
export interface PreparedScene {
  readonly layout: SceneLayout;
  readonly scrim?: Layer;
  readonly heading?: PlacedLayer;
  readonly points: readonly PlacedLayer[];
}

export function prepareScene(surface: DrawingSurface, request: LayoutRequest): PreparedScene {
  const { theme, metrics, scene } = request;
  const layout = layOutScene(surface.context, request);
  const colors = scene.picture === undefined ? theme.onBackground : theme.onPicture;
  const scrim = scene.picture === undefined ? undefined : prepareScrim(surface, layout, { theme, metrics });
  const heading = layout.heading === undefined ? undefined : prepareHeading(surface, layout.heading, colors);
  return {
    layout,
    ...(scrim === undefined ? {} : { scrim }),
    ...(heading === undefined ? {} : { heading }),
    points: layout.points.map((point) => preparePoint(surface, point, { colors, metrics })),
  };
}

function prepareScrim(
  surface: DrawingSurface,
  layout: SceneLayout,
  look: { readonly theme: Theme; readonly metrics: CanvasMetrics },
): Layer | undefined {
  if (layout.bounds === undefined) return undefined;
  const { layer, context } = openLayer(surface, look.metrics);
  paintScrim(context, layout, look);
  return layer;
}

function prepareHeading(
  surface: DrawingSurface,
  heading: NonNullable<SceneLayout['heading']>,
  colors: TextColors,
): PlacedLayer {
  const { bar, block } = heading;
  const top = bar.y - heading.y;
  return paintAround(
    surface,
    heading,
    { top: Math.min(0, top), left: 0, right: bar.width },
    (context, x, y) => {
      context.fillStyle = colors.accent;
      context.beginPath();
      context.roundRect(x + bar.x - heading.x, y + top, bar.width, bar.height, bar.height / 2);
      context.fill();
      paintBlock(context, block, { x, y, color: colors.heading });
    },
  );
}

function preparePoint(
  surface: DrawingSurface,
  point: PlacedBlock,
  look: { readonly colors: TextColors; readonly metrics: CanvasMetrics },
): PlacedLayer {
  const { block } = point;
  const { size } = block.style;
  const side = size * 0.3;
  const away = size * 0.55;
  return paintAround(surface, point, { top: 0, left: -size, right: size }, (context, x, y) => {
    const markerX = block.direction === 'rtl' ? x + block.width + away : x - away - side;
    context.fillStyle = look.colors.accent;
    context.beginPath();
    context.roundRect(markerX, y + (block.lineHeight - side) / 2, side, side, side * 0.3);
    context.fill();
    paintBlock(context, block, { x, y, color: look.colors.point });
  });
}

/** A layer around a block, with room for letters that reach beyond their line. Extra room in pixels from the block. */
function paintAround(
  surface: DrawingSurface,
  { block, x, y }: PlacedBlock,
  extra: { readonly top: number; readonly left: number; readonly right: number },
  paint: (context: DrawingContext, x: number, y: number) => void,
): PlacedLayer {
  const air = block.style.size * 0.5;
  const left = Math.ceil(air - extra.left + extra.right);
  const top = Math.ceil(air - extra.top);
  const { layer, context } = openLayer(surface, {
    width: block.width + left + air + extra.right,
    height: block.height + top + air,
  });
  paint(context, left, top);
  return { layer, x: x - left, y: y - top };
}
