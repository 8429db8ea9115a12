import type { Timeline } from '../timeline/timeline.ts';

/**
 * The frame that stands for the whole video: in the middle of the first scene with a picture, else of the first scene,
 * where transitions are over and what the scene shows is there.
 */
export function posterFrame({ scenes, frameCount }: Timeline): number {
  const scene = scenes.find(({ picture }) => picture !== undefined) ?? scenes[0];
  if (scene === undefined) return 0;
  return Math.min(frameCount - 1, scene.startFrame + Math.floor(scene.frameCount / 2));
}
