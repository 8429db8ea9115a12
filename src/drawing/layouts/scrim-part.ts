import type { Appearance } from '../../timeline/index.ts';
import { type Box, bottomOf, rightOf } from '../box.ts';
import type { DrawingSurface } from '../drawing-context.ts';
import { progressBetween } from '../easing.ts';
import { drawEntering } from '../enter.ts';
import { prepareScrim } from '../scrim.ts';
import type { ScenePart, SceneRequest } from './scene-part.ts';

/**
 * The shade under words that stand on a picture. A list stands beside what the picture shows. A heading stands above
 * it, in a sky as a rule: there a shade that ended beside the words would look like a smudge, so it goes on, almost
 * even, to both sides.
 */
export function scrimPart(
  surface: DrawingSurface,
  { theme, metrics }: SceneRequest,
  under: { readonly words: Box; readonly isList: boolean; readonly appears: Appearance },
): ScenePart {
  const { words, isList, appears } = under;
  const { shade, scrimOpacity } = theme.onPicture;
  const bounds = { left: words.x, top: words.y, right: rightOf(words), bottom: bottomOf(words) };
  const layer = prepareScrim(surface, bounds, {
    metrics,
    color: shade,
    opacity: isList ? scrimOpacity.points : scrimOpacity.heading,
    fadeAcross: isList ? 0.26 : 4,
  });
  return {
    name: 'scrim',
    box: words,
    isGround: true,
    draw: (context, { atSeconds, opacity }) => {
      const shown = progressBetween(atSeconds, appears.startSeconds, appears.endSeconds);
      drawEntering(context, layer, { shown, opacity, motion: 'fade', distance: 0 });
    },
  };
}
