import type { Scene } from '../protocol/index.ts';

const directionCount = 4;

/**
 * For each scene with a moving picture, which way its Ken Burns goes (0 to 3), or that of the first of several. It follows from the picture, not from
 * the scene's number, so that a scene put in does not change the others; only two alike in a row are told apart.
 */
export function panDirections(
  scenes: readonly Pick<Scene, 'picture' | 'pictures'>[],
): (number | undefined)[] {
  let previous: number | undefined;
  return scenes.map((scene) => {
    const picture = scene.picture ?? scene.pictures.find(({ motion }) => motion !== 'none');
    if (picture === undefined || picture.motion === 'none') return undefined;
    const wanted = (hash(picture.source) >>> 16) % directionCount;
    const direction = wanted === previous ? (wanted + 1) % directionCount : wanted;
    previous = direction;
    return direction;
  });
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
