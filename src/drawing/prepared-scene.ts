import type { TimelineScene } from '../timeline/index.ts';
import { withOpacity } from './color.ts';
import { type DrawingContext, type DrawingSurface, openLayer, type PlacedLayer } from './drawing-context.ts';
import { type LayoutRequest, layOutScene, type PlacedBlock, type SceneLayout } from './scene-layout.ts';
import { prepareScrim } from './scrim.ts';
import { haloReach, paintBlock } from './text-block.ts';
import { textLook } from './text-look.ts';
import type { TextColors } from './themes/index.ts';

/** A scene's own words, each piece that moves on a layer of its own. */
export interface PreparedScene {
  readonly layout: SceneLayout;
  /** Lies under the words, where they need it. */
  readonly scrim?: PlacedLayer;
  readonly heading?: PlacedLayer;
  readonly points: readonly PlacedLayer[];
}

export function prepareScene(
  surface: DrawingSurface,
  request: LayoutRequest & { readonly scene: Pick<TimelineScene, 'background'> },
): PreparedScene {
  const { theme, metrics, scene } = request;
  const layout = layOutScene(surface.context, request);
  const { colors, shaded } = textLook(scene, theme);
  const { shade, scrimOpacity } = theme.onPicture;
  const look = { colors, halo: shaded ? shade : undefined };
  const { heading, points, bounds } = layout;
  // A list stands beside what the picture shows. A heading stands above it, in a sky as a rule: there a shade that ended
  // beside the words would look like a smudge, so it goes on, almost even, to both sides.
  const density =
    points.length > 0
      ? { opacity: scrimOpacity.points, fadeAcross: 0.26 }
      : { opacity: scrimOpacity.heading, fadeAcross: 4 };
  const scrim =
    shaded && bounds !== undefined
      ? prepareScrim(surface, bounds, { metrics, color: shade, ...density })
      : undefined;
  return {
    layout,
    ...(scrim === undefined ? {} : { scrim }),
    ...(heading === undefined ? {} : { heading: prepareHeading(surface, heading, look) }),
    points: points.map((point) => preparePoint(surface, point, look)),
  };
}

interface WordsLook {
  readonly colors: TextColors;
  readonly halo: string | undefined;
}

function prepareHeading(
  surface: DrawingSurface,
  heading: NonNullable<SceneLayout['heading']>,
  { colors, halo }: WordsLook,
): PlacedLayer {
  const { bar, block } = heading;
  const top = bar.y - heading.y;
  return paintAround(
    surface,
    heading,
    { top: Math.min(0, top), left: 0, right: bar.width },
    (context, x, y) => {
      paintBlock(context, block, { x, y, color: colors.heading, halo });
      context.fillStyle = colors.accent;
      context.beginPath();
      context.roundRect(x + bar.x - heading.x, y + top, bar.width, bar.height, bar.height / 2);
      context.fill();
    },
  );
}

function preparePoint(surface: DrawingSurface, point: PlacedBlock, { colors, halo }: WordsLook): PlacedLayer {
  const { block } = point;
  const { size } = block.style;
  return paintAround(surface, point, { top: 0, left: -size, right: size }, (context, x, y) => {
    paintBlock(context, block, { x, y, color: colors.point, halo });
    paintMarker(context, colors.accent, {
      x: block.direction === 'rtl' ? x + block.width + markerAway * size : x - markerAway * size,
      // The middle of small letters.
      y: y + block.lineHeight / 2 + size * 0.09,
      size,
    });
  });
}

/** From a point's letters to the middle of its marker, in shares of the type size. */
const markerAway = 0.72;

/** A small light with a ring around it. */
function paintMarker(
  context: DrawingContext,
  color: string,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): void {
  for (const { radius, opacity } of [
    { radius: 0.29, opacity: 0.22 },
    { radius: 0.155, opacity: 1 },
  ]) {
    context.fillStyle = withOpacity(color, opacity);
    context.beginPath();
    context.arc(x, y, radius * size, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A layer around a block, with room for letters that reach beyond their line. Extra room in pixels from the block. */
function paintAround(
  surface: DrawingSurface,
  { block, x, y }: PlacedBlock,
  extra: { readonly top: number; readonly left: number; readonly right: number },
  paint: (context: DrawingContext, x: number, y: number) => void,
): PlacedLayer {
  const air = block.style.size * haloReach;
  const left = Math.ceil(air - extra.left + extra.right);
  const top = Math.ceil(air - extra.top);
  const { layer, context } = openLayer(surface, {
    width: block.width + left + air + extra.right,
    height: block.height + top + air,
  });
  paint(context, left, top);
  return { layer, x: x - left, y: y - top };
}
