import { accentBox, accentRoom } from '../accent.ts';
import { type Box, cutBelow, rightOf } from '../box.ts';
import type { DrawingSurface } from '../drawing-context.ts';
import type { TextBlock } from '../text-block.ts';
import { accentPart } from './accent-part.ts';
import { objectEntrance, sceneEntrance } from './appearances.ts';
import { fitBlock } from './fit-block.ts';
import { type WordsLook, wordsOnGround } from './ground.ts';
import { headingStyle } from './letter-styles.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { scrimPart } from './scrim-part.ts';
import { textPart } from './text-part.ts';

/** Of the theme's usual heading. On a tall screen it must not be smaller than the captions. */
const headingShares = { wide: 0.74, square: 0.8, tall: 0.92 };
/** Of the height there is. */
const mostHeight = 0.26;
/** Between the heading and what is below it, in units. */
const gapBelow = { wide: 40, square: 40, tall: 52 };

/** A heading above what the scene is about. */
export interface HeadingStrip {
  /** What is left below it. */
  readonly rest: Box;
  /** Paints it. @param down How far below the region's top it stands, in pixels: what is short takes it along. */
  readonly partsAt: (down: number) => ScenePart[];
}

/** The heading above what the scene is about, in smaller type than one over a list. */
export function headingStrip(
  surface: DrawingSurface,
  request: SceneRequest,
  { region, look = wordsOnGround(request) }: { readonly region: Box; readonly look?: WordsLook },
): HeadingStrip {
  const { scene, theme, metrics } = request;
  if (scene.heading === undefined || scene.heading.trim() === '') return { partsAt: () => [], rest: region };
  const share = headingShares[metrics.shape];
  const { above, below } = accentRoom(theme, metrics.unit * share);
  const block = fitBlock(surface.context, {
    text: scene.heading,
    style: (tried) => headingStyle(request, tried),
    size: theme.type.headingSize * share * metrics.unit,
    within: { width: region.width, height: region.height * mostHeight - above - below },
    lineHeight: theme.type.headingLineHeight,
    mostLines: metrics.shape === 'wide' ? 1 : 2,
  });
  const [taken, rest] = cutBelow(
    region,
    above + block.height + below,
    gapBelow[metrics.shape] * metrics.unit,
  );
  return {
    rest,
    partsAt: (down) =>
      stripParts(surface, request, { taken: { ...taken, y: taken.y + down }, block, above, look }),
  };
}

function stripParts(
  surface: DrawingSurface,
  request: SceneRequest,
  of: {
    readonly taken: Box;
    readonly block: TextBlock;
    /** Between the top and the letters, for the accent. */
    readonly above: number;
    readonly look: WordsLook;
  },
): ScenePart[] {
  const { taken, block, above, look } = of;
  const { theme, metrics } = request;
  const isMirrored = block.direction === 'rtl';
  const y = taken.y + above;
  const box = accentBox(theme, {
    ...{ unit: metrics.unit * headingShares[metrics.shape], top: taken.y, lettersBottom: y + block.height },
    ...{ column: taken, isMirrored },
  });
  const { colors, halo } = look;
  const [appears, rise] = [objectEntrance(request), 26 * metrics.unit];
  return [
    ...(halo === undefined ? [] : [scrimPart(surface, request, { words: taken, isList: false, appears })]),
    ...accentPart(surface, request, { box, color: colors.accent, appears, rise }),
    textPart(surface, request, {
      ...{ name: 'heading', block, y, halo, rise },
      x: isMirrored ? rightOf(taken) - block.width : taken.x,
      color: colors.heading,
      appears: sceneEntrance(request),
    }),
  ];
}

/** A place of the height in the region: a little above its middle, where the eye expects the middle. */
export function inMiddle(region: Box, height: number): Box {
  const used = Math.min(region.height, height);
  return { ...region, y: region.y + (region.height - used) * 0.46, height: used };
}

/** How far the heading goes down with what is below it, so that both are one block; not when it is above notes, too. */
export function headingDown(
  { scene }: Pick<SceneRequest, 'scene'>,
  { box, region }: { readonly box: Box; readonly region: Box },
): number {
  return scene.points.length > 0 ? 0 : box.y - region.y;
}
