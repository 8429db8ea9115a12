import { accentBox, accentRoom } from '../accent.ts';
import { type Box, cutBelow, rightOf } from '../box.ts';
import type { DrawingSurface } from '../drawing-context.ts';
import { accentPart } from './accent-part.ts';
import { objectEntrance, sceneEntrance } from './appearances.ts';
import { fitBlock } from './fit-block.ts';
import { type WordsLook, wordsOnGround } from './ground.ts';
import { headingStyle } from './letter-styles.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';
import { scrimPart } from './scrim-part.ts';
import { textPart } from './text-part.ts';

/** Of the theme's usual heading, and of the height there is. */
const headingShare = 0.74;
const mostHeight = 0.26;

/** The heading above what the scene is about, in smaller type than one over a list, and what is left below it. */
export function headingStrip(
  surface: DrawingSurface,
  request: SceneRequest,
  { region, look = wordsOnGround(request) }: { readonly region: Box; readonly look?: WordsLook },
): { readonly parts: ScenePart[]; readonly rest: Box } {
  const { scene, theme, metrics } = request;
  if (scene.heading === undefined || scene.heading.trim() === '') return { parts: [], rest: region };
  const size = theme.type.headingSize * headingShare * metrics.unit;
  const unit = metrics.unit * headingShare;
  const { above, below } = accentRoom(theme, unit);
  const block = fitBlock(surface.context, {
    text: scene.heading,
    style: (tried) => headingStyle(request, tried),
    size,
    within: { width: region.width, height: region.height * mostHeight - above - below },
    lineHeight: theme.type.headingLineHeight,
    mostLines: metrics.shape === 'wide' ? 1 : 2,
  });
  const isMirrored = block.direction === 'rtl';
  const x = isMirrored ? rightOf(region) - block.width : region.x;
  const lettersBottom = region.y + above + block.height;
  const box = accentBox(theme, { unit, top: region.y, lettersBottom, column: region, isMirrored });
  const appears = objectEntrance(request);
  const [taken, rest] = cutBelow(region, above + block.height + below, 40 * metrics.unit);
  const { colors, halo } = look;
  const rise = 26 * metrics.unit;
  return {
    parts: [
      ...(halo === undefined ? [] : [scrimPart(surface, request, { words: taken, isList: false, appears })]),
      ...accentPart(surface, request, { box, color: colors.accent, appears, rise }),
      textPart(surface, request, {
        name: 'heading',
        block,
        x,
        y: region.y + above,
        color: colors.heading,
        halo,
        appears: sceneEntrance(request),
        rise,
      }),
    ],
    rest,
  };
}
