import { type Box, boxAround } from '../box.ts';
import type { DrawingContext, DrawingSurface } from '../drawing-context.ts';
import type { TextBlock } from '../text-block.ts';
import { objectEntrance, pointEntrance, sceneEntrance } from './appearances.ts';
import { fitBlock } from './fit-block.ts';
import { freeRegion } from './free-region.ts';
import { fullVisual, wordsOnGround } from './ground.ts';
import { headingStyle } from './letter-styles.ts';
import { type PillRows, pillParts, setPills } from './pills.ts';
import { inReadingDirection } from './reading-direction.ts';
import type { LayoutPainter, ScenePart, SceneRequest, SceneVisual } from './scene-part.ts';
import { scrimPart } from './scrim-part.ts';
import { textPart } from './text-part.ts';

/** The last card: the logo, where there is one, the heading, and the points as what one would write down. */
export const end: LayoutPainter = (surface, request) => {
  const region = freeRegion(request);
  const set = setEnd(surface.context, request, region);
  const { logo, parts } = placedEnd(surface, request, { set, region });
  const { halo } = wordsOnGround(request);
  const words = boxAround(parts.map(({ box }) => box));
  const scrim =
    halo === undefined || words === undefined
      ? []
      : [scrimPart(surface, request, { words, isList: false, appears: objectEntrance(request) })];
  return { visuals: [...fullVisual(request), ...logo], parts: [...scrim, ...parts] };
};

interface SetEnd {
  readonly logo: { readonly width: number; readonly height: number };
  readonly heading: TextBlock | undefined;
  readonly pills: PillRows;
  readonly gap: number;
  readonly height: number;
}

function setEnd(context: DrawingContext, request: SceneRequest, region: Box): SetEnd {
  const { scene, theme, metrics, timeline } = request;
  const gap = 48 * metrics.unit;
  const hasLogo = timeline.brand?.logo !== undefined;
  const logo = hasLogo
    ? { width: region.width * 0.7, height: region.height * 0.28 }
    : { width: 0, height: 0 };
  const pills = setPills(context, request, {
    width: region.width,
    height: region.height * (hasLogo ? 0.34 : 0.44),
  });
  const taken = (hasLogo ? logo.height + gap : 0) + (pills.height > 0 ? pills.height + gap : 0);
  const heading =
    scene.heading === undefined || scene.heading.trim() === ''
      ? undefined
      : fitBlock(context, {
          text: scene.heading,
          style: (size) => headingStyle(request, size),
          size: theme.type.titleSize * metrics.unit * (hasLogo ? 0.8 : 1),
          within: {
            width: region.width * (metrics.shape === 'wide' ? 0.9 : 1),
            height: region.height - taken,
          },
          lineHeight: 1.12,
          mostLines: 4,
        });
  const height = taken + (heading?.height ?? -gap);
  return { logo, heading, pills, gap, height };
}

function placedEnd(
  surface: DrawingSurface,
  request: SceneRequest,
  { set, region }: { readonly set: SetEnd; readonly region: Box },
): { readonly logo: SceneVisual[]; readonly parts: ScenePart[] } {
  const { colors, halo } = wordsOnGround(request);
  const { heading, gap, pills } = set;
  let y = region.y + Math.max(0, region.height - set.height) * 0.48;
  const logo = logoVisual(request, { set, region, y });
  if (set.logo.height > 0) y += set.logo.height + gap;
  const parts: ScenePart[] = [];
  if (heading !== undefined) {
    const x = region.x + (region.width - heading.width) / 2;
    const appears = sceneEntrance(request);
    const look = { color: colors.heading, halo, appears, align: 'center' as const };
    parts.push(textPart(surface, request, { name: 'heading', block: heading, x, y, ...look }));
    y += heading.height + gap;
  }
  const place = inReadingDirection(request);
  const appear = (index: number) => pointEntrance(request, index);
  return {
    logo,
    parts: [...parts, ...pillParts(surface, request, { pills, place, appear, x: region.x, y })],
  };
}

function logoVisual(
  request: SceneRequest,
  { set, region, y }: { readonly set: SetEnd; readonly region: Box; readonly y: number },
): SceneVisual[] {
  const logo = request.timeline.brand?.logo;
  if (logo === undefined) return [];
  const { width, height } = set.logo;
  const x = region.x + (region.width - width) / 2;
  return [
    {
      key: logo.source,
      plays: false,
      box: { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) },
      radius: 0,
      fit: 'contain',
      focus: undefined,
      motion: 'none',
      panDirection: 0,
      appears: objectEntrance(request),
    },
  ];
}
