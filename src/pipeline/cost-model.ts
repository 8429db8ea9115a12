import type { Composition } from '../protocol/index.ts';

/**
 * Estimated seconds of work on one core, by what the work consists of. The figures are medians from a 2-core server; only
 * their proportions matter for the bar, and the rate at which work really gets done corrects the ETA.
 */
const startSeconds = 0.35;
const openVoiceSeconds = 0.15;
const narrateSecondsPerCharacter = 0.0008;
const renderSecondsPerFrame = 0.005;
const renderSecondsPerMegapixel = 0.021;
const mixSecondsPerSecond = 0.07;
const finishSecondsPerSecond = 0.03;

/** How fast people (and voices) speak, in characters a second. */
const charactersPerSecond = 14;

/** How much of a video one task draws, in seconds. */
const taskSeconds = 4;

export function narrateWork(passages: readonly string[]): number {
  const length = passages.reduce((sum, text) => sum + text.length, 0);
  return startSeconds + passages.length * openVoiceSeconds + length * narrateSecondsPerCharacter;
}

export const fetchWork = 1;
export const planWork = 0.2;

export function renderWork(video: { width: number; height: number }, frameCount: number): number {
  const megapixels = (video.width * video.height) / 1e6;
  return startSeconds + (renderSecondsPerFrame + megapixels * renderSecondsPerMegapixel) * frameCount;
}

export function mixWork(durationSeconds: number): number {
  return startSeconds + durationSeconds * mixSecondsPerSecond;
}

export function finishWork(durationSeconds: number): number {
  return startSeconds + durationSeconds * finishSecondsPerSecond;
}

/** What render, mix and finish will take, guessed from the script before anything was spoken. */
export function estimateUnplanned(composition: Composition): { render: number; mix: number; finish: number } {
  const durationSeconds = composition.scenes.reduce((sum, scene) => {
    const spoken =
      scene.narration.reduce((length, passage) => length + passage.text.length, 0) / charactersPerSecond;
    const padded = spoken === 0 ? 3 : spoken + 1.2 + 0.3 * (scene.narration.length - 1);
    return sum + Math.max(scene.durationSeconds ?? 0, padded);
  }, 0);
  const { video } = composition;
  const otherStartsSeconds = Math.floor(durationSeconds / taskSeconds) * startSeconds;
  return {
    render: renderWork(video, Math.ceil(durationSeconds * video.fps)) + otherStartsSeconds,
    mix: mixWork(durationSeconds),
    finish: finishWork(durationSeconds),
  };
}
