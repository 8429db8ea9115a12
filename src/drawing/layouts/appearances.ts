import { type Appearance, entrance, pointAppearance } from '../../timeline/index.ts';
import type { SceneRequest } from './scene-part.ts';

/** When the scene's heading comes in, letter by letter perhaps. */
export function sceneEntrance({ scene, timeline }: SceneRequest): Appearance {
  return entrance(scene, timeline.fps);
}

/** When what is no text comes in with the heading: as soon, but no slower while letters are still being written. */
export function objectEntrance(request: SceneRequest): Appearance {
  const { startSeconds, endSeconds } = sceneEntrance(request);
  return { startSeconds, endSeconds: Math.min(endSeconds, startSeconds + objectSeconds) };
}

const objectSeconds = 0.6;

/** When one of the scene's points comes in; as the heading when there is no such point. */
export function pointEntrance(request: SceneRequest, index: number): Appearance {
  const point = request.scene.points[index];
  return point === undefined ? sceneEntrance(request) : pointAppearance(request.scene, point);
}

/** What comes in a little after something else; what is there at once is there at once. */
export function later({ startSeconds, endSeconds }: Appearance, bySeconds: number): Appearance {
  const delay = startSeconds === endSeconds ? 0 : bySeconds;
  return { startSeconds: startSeconds + delay, endSeconds: endSeconds + delay };
}

/** What comes in when something else is nearly there. */
export function afterwards({ startSeconds, endSeconds }: Appearance): Appearance {
  if (startSeconds === endSeconds) return { startSeconds, endSeconds };
  return { startSeconds: endSeconds - 0.1, endSeconds: endSeconds - 0.1 + objectSeconds };
}

/** Things that come in one after another, such as the rows of a table. What is there at once is there at once. */
export function oneAfterAnother(
  first: Appearance,
  { index, count }: { index: number; count: number },
): Appearance {
  // However many there are, the last begins soon: nobody waits for a table.
  return later(first, index * Math.min(stepSeconds, longestSeconds / Math.max(1, count - 1)));
}

const stepSeconds = 0.14;
const longestSeconds = 1.1;

/** What moves by itself once the scene has come in: numbers that count, bars that grow. */
export function ownMotion(request: SceneRequest, lastsSeconds: number): Appearance {
  const { startSeconds } = sceneEntrance(request);
  return { startSeconds: startSeconds + 0.25, endSeconds: startSeconds + 0.25 + lastsSeconds };
}
