import type { Picture } from '../../protocol/index.ts';
import type { Appearance } from '../../timeline/index.ts';
import type { Box } from '../box.ts';
import { textLook } from '../text-look.ts';
import type { TextColors } from '../themes/index.ts';
import { clipVisual, pictureVisual, type VisualPlace } from '../visual.ts';
import type { SceneRequest, SceneVisual } from './scene-part.ts';

/** The scene's picture or clip at a place; nothing when it has neither. */
export function sceneVisual({ scene }: Pick<SceneRequest, 'scene'>, place: VisualPlace): SceneVisual[] {
  if (scene.clip !== undefined) return [clipVisual(scene, scene.clip, place)];
  if (scene.picture === undefined) return [];
  return [pictureVisual(scene.picture, { ...place, panDirection: scene.panDirection ?? 0 })];
}

/** The scene's picture or clip behind everything. */
export function fullVisual(request: SceneRequest): SceneVisual[] {
  const { width, height } = request.metrics;
  return sceneVisual(request, { box: { x: 0, y: 0, width, height }, radius: 0 });
}

/** One of the pictures of a split or a grid; each moves another way than the one before. */
export function ownVisual(
  picture: Picture,
  at: { readonly box: Box; readonly radius: number; readonly index: number; readonly appears: Appearance },
): SceneVisual {
  const { box, radius, index, appears } = at;
  return { ...pictureVisual(picture, { box, radius, panDirection: index % 4 }), appears };
}

/** The colours of words, and whether they need shades around them. */
export interface WordsLook {
  readonly colors: TextColors;
  /** Colour of the shade around each letter. */
  readonly halo: string | undefined;
}

/** How words look that stand on the scene's picture, clip or background. */
export function wordsOnGround(request: SceneRequest): WordsLook {
  const { scene, theme } = request;
  if (scene.picture === undefined && scene.clip === undefined) return wordsBesidePicture(request);
  return { colors: theme.onPicture, halo: theme.onPicture.shade };
}

/** How words look that stand beside the scene's picture. */
export function wordsBesidePicture({ scene: { background }, theme }: SceneRequest): WordsLook {
  const { colors, shaded } = textLook(background === undefined ? {} : { background }, theme);
  return { colors, halo: shaded ? theme.onPicture.shade : undefined };
}
