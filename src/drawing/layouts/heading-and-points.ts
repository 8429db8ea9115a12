import type { Box } from '../box.ts';
import type { DrawingSurface } from '../drawing-context.ts';
import { type LayoutRequest, layOutScene, type PlacedBlock, type SceneLayout } from '../scene-layout.ts';
import { accentPart } from './accent-part.ts';
import { objectEntrance, pointEntrance, sceneEntrance } from './appearances.ts';
import type { WordsLook } from './ground.ts';
import { markerPart } from './marker-part.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { scrimPart } from './scrim-part.ts';
import { textPart } from './text-part.ts';

/** In units. */
const headingRise = 30;
const pointRise = 22;

/** The heading with its accent and the points under it, over a shade where they stand on a picture. */
export function headingAndPoints(
  surface: DrawingSurface,
  request: SceneRequest,
  how: {
    readonly region: Box;
    readonly ground: LayoutRequest['ground'];
    readonly look: WordsLook;
    readonly hasMarkers: boolean;
    /** Of the points, in shares of their usual size. */
    readonly mostGrowth?: number;
  },
): ScenePart[] {
  const layout = layOutScene(surface.context, { ...request, ...how });
  const { halo } = how.look;
  const { bounds, heading, points } = layout;
  return [
    ...(halo !== undefined && bounds !== undefined ? [scrimUnder(surface, request, bounds)] : []),
    ...(heading === undefined ? [] : headingParts(surface, request, { heading, look: how.look })),
    ...points.flatMap((point, index) => pointParts(surface, request, { ...how, point, index })),
  ];
}

function scrimUnder(
  surface: DrawingSurface,
  request: SceneRequest,
  { left, top, right, bottom }: NonNullable<SceneLayout['bounds']>,
): ScenePart {
  const words = { x: left, y: top, width: right - left, height: bottom - top };
  const isList = request.scene.points.length > 0;
  return scrimPart(surface, request, { words, isList, appears: objectEntrance(request) });
}

function headingParts(
  surface: DrawingSurface,
  request: SceneRequest,
  of: { readonly heading: NonNullable<SceneLayout['heading']>; readonly look: WordsLook },
): ScenePart[] {
  const { block, x, y, accent } = of.heading;
  const { colors, halo } = of.look;
  const rise = headingRise * request.metrics.unit;
  return [
    ...accentPart(surface, request, {
      box: accent,
      color: colors.accent,
      appears: objectEntrance(request),
      rise,
    }),
    textPart(surface, request, {
      ...{ name: 'heading', block, x, y, color: colors.heading, halo, rise },
      appears: sceneEntrance(request),
    }),
  ];
}

function pointParts(
  surface: DrawingSurface,
  request: SceneRequest,
  at: {
    readonly point: PlacedBlock;
    readonly index: number;
    readonly look: WordsLook;
    readonly hasMarkers: boolean;
  },
): ScenePart[] {
  const { point, index, hasMarkers } = at;
  const { colors, halo } = at.look;
  const appears = pointEntrance(request, index);
  const rise = pointRise * request.metrics.unit;
  const name = `point ${index + 1}`;
  const text = textPart(surface, request, { ...point, name, color: colors.point, halo, appears, rise });
  if (!hasMarkers) return [text];
  return [markerPart(surface, request, { point, color: colors.accent, index, appears, rise }), text];
}
