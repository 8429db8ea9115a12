import type { Timeline, TimelinePoint, TimelineScene } from './timeline.ts';

/** From when to when something appears, in seconds from the scene's start; the same twice: it is there at once. */
export interface Appearance {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

const entranceAnimationSeconds = 0.6;

/**
 * When the scene's heading comes in: as soon as the transition is half over. In the first scene it is there from the
 * start, for many places show a video's first frame before it is played.
 */
export function entrance(scene: Pick<TimelineScene, 'index' | 'transition'>, fps: number): Appearance {
  const startSeconds = scene.transition.frameCount / 2 / fps;
  return { startSeconds, endSeconds: startSeconds + (scene.index === 0 ? 0 : entranceAnimationSeconds) };
}

const revealAnimationSeconds = 0.5;

/** When a point of the scene comes in; in the very first frame it is there at once, as the heading is. */
export function pointAppearance(scene: Pick<TimelineScene, 'index'>, point: TimelinePoint): Appearance {
  const startSeconds = point.revealSeconds;
  const atOnce = scene.index === 0 && startSeconds === 0;
  return { startSeconds, endSeconds: startSeconds + (atOnce ? 0 : revealAnimationSeconds) };
}

/** Frames in which the scene's picture can be seen: its own, and those in which the next scene fades in over it. */
export function motionFrameCount(timeline: Timeline, scene: TimelineScene): number {
  return scene.frameCount + (timeline.scenes[scene.index + 1]?.transition.frameCount ?? 0);
}
