import type { Codec, Composition, EncodingSpeed } from '../protocol/index.ts';
import type { ExportOutput } from './export-input.ts';
import type { PlannedChunk } from './plan-file.ts';
import type { ChunkEncoding, View } from './views.ts';

/**
 * Estimated seconds of work on one core, by what the work consists of. The figures are medians from a 2-core server; only
 * their proportions matter for the bar, and the rate at which work really gets done corrects the ETA.
 */
const startSeconds = 0.35;
/** Until the code of the voice has run often enough to be compiled. */
const warmVoiceSeconds = 0.6;
const passageSeconds = 0.01;
const narrateSecondsPerCharacter = 0.00016;
/** Until a process that draws has its first frame. */
const renderStartSeconds = 0.4;
/** How many processes speak or draw on a 2-core server. Each starts once, and stays for the tasks that follow. */
const processes = 2;
const renderSecondsPerFrame = 0.0022;
const renderSecondsPerMegapixel = 0.0118;
/** Mostly in a process of its own, beside those that draw. */
const mixStartSeconds = 0.25;
const mixSecondsPerSecond = 0.024;
/** In a process that drew before. */
const finishStartSeconds = 0.15;
const finishSecondsPerSecond = 0.005;
/** From the finished file's last check until all files are stored. */
const storeSeconds = 0.2;

/** How fast people (and voices) speak, in characters a second. */
const charactersPerSecond = 14;

/** @param taskIndex of the tasks that speak: the first ones start processes. */
export function narrateWork(taskIndex: number, passages: readonly string[]): number {
  const length = passages.reduce((sum, text) => sum + text.length, 0);
  const start = taskIndex < processes ? startSeconds + warmVoiceSeconds : 0;
  return start + passages.length * passageSeconds + length * narrateSecondsPerCharacter;
}

export const fetchWork = 1;
export const planWork = 0.3;

/** How much longer than x264 veryfast an encoder takes for a frame. */
const encoderFactors = { h264: 1, hevc: 3, av1: 2, vp9: 4 } as const satisfies Record<Codec, number>;
const speedFactors = { fast: 1, balanced: 2, slow: 4 } as const satisfies Record<EncodingSpeed, number>;
/** Of the time of a frame, what drawing it takes; the rest is encoding. */
const drawingShare = 0.4;

/**
 * Drawing and encoding these chunks.
 *
 * @param taskIndex of the tasks of a view that draw: the first ones start processes.
 */
export function renderTaskWork(taskIndex: number, ...work: Parameters<typeof framesWork>): number {
  return (taskIndex < processes ? renderStartSeconds : 0) + framesWork(...work);
}

function framesWork(
  video: { readonly width: number; readonly height: number },
  encodings: readonly Pick<ChunkEncoding, 'codec' | 'speed'>[],
  chunks: readonly Pick<PlannedChunk, 'frameCount' | 'weight'>[],
): number {
  const megapixels = (video.width * video.height) / 1e6;
  const encoding = encodings.reduce(
    (sum, { codec, speed }) => sum + encoderFactors[codec] * speedFactors[speed],
    0,
  );
  const weightedFrames = chunks.reduce((sum, { frameCount, weight }) => sum + frameCount * weight, 0);
  const frameSeconds = renderSecondsPerFrame + megapixels * renderSecondsPerMegapixel;
  return frameSeconds * (drawingShare + (1 - drawingShare) * encoding) * weightedFrames;
}

export function mixWork(durationSeconds: number): number {
  return mixStartSeconds + durationSeconds * mixSecondsPerSecond;
}

export function finishWork(durationSeconds: number): number {
  return finishStartSeconds + durationSeconds * finishSecondsPerSecond + storeSeconds;
}

/** Of the work of finishing, the share that is left when the child is through. */
export function storeShare(workSeconds: number): number {
  return Math.min(0.3, storeSeconds / workSeconds);
}

/** What render, mix and finish will take, guessed from the script before anything was spoken. */
export function estimateUnplanned(
  composition: Composition,
  { outputs, views }: { readonly outputs: readonly ExportOutput[]; readonly views: readonly View[] },
): { render: number; mix: number; finish: number } {
  const durationSeconds = estimateDuration(composition);
  const render = views.reduce((sum, { video, encodings }) => {
    const frames = framesWork(video, encodings, [guessed(durationSeconds * video.fps)]);
    return sum + processes * renderStartSeconds + frames;
  }, 0);
  return {
    render,
    mix: mixWork(durationSeconds) * views.length,
    finish: finishWork(durationSeconds) * outputs.length,
  };
}

/** Before the plan, frames are taken to be like those of most videos. */
function guessed(frameCount: number): Pick<PlannedChunk, 'frameCount' | 'weight'> {
  return { frameCount, weight: usualWeight };
}

const usualWeight = 0.7;

/** How long the video will be, in seconds, guessed from the length of its texts. */
export function estimateDuration({ scenes }: Composition): number {
  return scenes.reduce((sum, scene) => {
    const spoken =
      scene.narration.reduce((length, { text }) => length + text.length, 0) / charactersPerSecond;
    const padded = spoken === 0 ? 3 : spoken + 1.2 + 0.3 * (scene.narration.length - 1);
    return sum + Math.max(scene.durationSeconds ?? 0, padded);
  }, 0);
}
