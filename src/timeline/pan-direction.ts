import type { Scene } from '../protocol/index.ts';

const directionCount = 4;

/**
 * Which way the Ken Burns of a scene goes (0 to 3), or that of the first of several pictures; undefined where none moves.
 * It follows from the picture and from nothing else: another picture, or a scene put in, leaves all other scenes what they
 * were. The price is that two in a row may go the same way.
 */
export function panDirection({ picture, pictures }: Pick<Scene, 'picture' | 'pictures'>): number | undefined {
  const moving = picture ?? pictures.find(({ motion }) => motion !== 'none');
  if (moving === undefined || moving.motion === 'none') return undefined;
  return (hash(moving.source) >>> 16) % directionCount;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
