import type { Timeline, TimelineScene } from './timeline.ts';

/** How long a point takes to appear, in seconds. */
export const revealAnimationSeconds = 0.5;

const entranceAnimationSeconds = 0.6;

/** When the scene's heading comes in: as soon as the transition is half over. In seconds from the scene's start. */
export function entrance(
  scene: Pick<TimelineScene, 'transition'>,
  fps: number,
): { readonly startSeconds: number; readonly endSeconds: number } {
  const startSeconds = scene.transition.frameCount / 2 / fps;
  return { startSeconds, endSeconds: startSeconds + entranceAnimationSeconds };
}

/** Frames in which the scene's picture can be seen: its own, and those in which the next scene fades in over it. */
export function motionFrameCount(timeline: Timeline, scene: TimelineScene): number {
  return scene.frameCount + (timeline.scenes[scene.index + 1]?.transition.frameCount ?? 0);
}
