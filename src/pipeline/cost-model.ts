import type { Composition } from '../protocol/index.ts';

/**
 * Estimated seconds of work on one core, by what the work consists of. The figures are medians from a 2-core server; only
 * their proportions matter for the bar, and the rate at which work really gets done corrects the ETA.
 */
const startSeconds = 0.35;
const narrateSecondsPerCharacter = 0.0008;
const renderSecondsPerMegapixel = 0.017;
const mixSecondsPerSecond = 0.02;
const finishSecondsPerSecond = 0.03;

/** How fast people (and voices) speak, in characters a second. */
const charactersPerSecond = 14;

export function narrateWork(text: string): number {
  return startSeconds + text.length * narrateSecondsPerCharacter;
}

export const fetchWork = 1;
export const planWork = 0.2;

export function renderWork(video: { width: number; height: number }, frameCount: number): number {
  return startSeconds + ((video.width * video.height) / 1e6) * renderSecondsPerMegapixel * frameCount;
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
  return {
    render: renderWork(composition.video, Math.ceil(durationSeconds * composition.video.fps)),
    mix: mixWork(durationSeconds),
    finish: finishWork(durationSeconds),
  };
}
