import type { Codec, Composition, EncodingSpeed } from '../protocol/index.ts';
import type { ExportOutput } from './export-input.ts';
import type { PlannedChunk } from './plan-file.ts';
import { speakingSeconds } from './speaking-seconds.ts';
import type { ChunkEncoding, View } from './views.ts';

/**
 * Estimated seconds of work on one core, by what the work consists of. The figures are medians from a 2-core server; only
 * their proportions matter for the bar, and the rate at which work really gets done corrects the ETA.
 */
const startSeconds = 0.35;
/** Until the code of the voice has run often enough to be compiled. */
const warmVoiceSeconds = 0.5;
const passageSeconds = 0.01;
const narrateSecondsPerSecond = 0.0027;
/** Until a process can draw. */
const renderStartSeconds = 0.4;
/** Spent by a process on its first frames, until its code is compiled and its memory is there. */
const warmUpSecondsPerMegapixel = 0.35;
/** For an encoder that is opened, and for what it holds back until its end. */
const chunkSecondsPerMegapixel = 0.1;
/** How many processes speak or draw on a 2-core server. Each starts once, and stays for the tasks that follow. */
const processes = 2;
const renderSecondsPerFrame = 0.0022;
const renderSecondsPerMegapixel = 0.011;
/** Mostly in a process of its own, beside those that draw. */
const mixStartSeconds = 0.25;
const mixSecondsPerSecond = 0.024;
/** In processes that drew before. */
const finishStartSeconds = 0.15;
const joinSecondsPerSecond = 0.0022;
const companionsSecondsPerSecond = 0.0006;
/** From the finished file's last check until it is stored. */
const storeSeconds = 0.2;

/** @param taskIndex of the tasks that speak: the first ones start processes. */
export function narrateWork(taskIndex: number, passages: readonly string[]): number {
  const spoken = passages.reduce((sum, text) => sum + speakingSeconds(text), 0);
  const start = taskIndex < processes ? startSeconds + warmVoiceSeconds : 0;
  return start + passages.length * passageSeconds + spoken * narrateSecondsPerSecond;
}

export const fetchWork = 1;
export const planWork = 0.3;

/** How much longer than x264 veryfast an encoder takes for a frame. */
const encoderFactors = { h264: 1, hevc: 3, av1: 2, vp9: 4 } as const satisfies Record<Codec, number>;
const speedFactors = { fast: 1, balanced: 2, slow: 4 } as const satisfies Record<EncodingSpeed, number>;
/** Of the time of a frame, what drawing it takes; the rest is encoding. */
const drawingShare = 0.25;

type Size = { readonly width: number; readonly height: number };
type Frames = Pick<PlannedChunk, 'frameCount' | 'weight'>;

/** Drawing and encoding a chunk, by a process that drew before. */
export function chunkWork(
  video: Size,
  encodings: readonly Pick<ChunkEncoding, 'codec' | 'speed'>[],
  { frameCount, weight }: Frames,
): number {
  const encoding = encodings.reduce(
    (sum, { codec, speed }) => sum + encoderFactors[codec] * speedFactors[speed],
    0,
  );
  const frameSeconds = renderSecondsPerFrame + megapixels(video) * renderSecondsPerMegapixel;
  return (
    megapixels(video) * chunkSecondsPerMegapixel * encodings.length +
    frameSeconds * (drawingShare + (1 - drawingShare) * encoding) * frameCount * weight
  );
}

/**
 * What a task that draws takes beside its chunks.
 *
 * @param taskIndex of the tasks of a view that draw: the first ones start processes.
 */
export function drawingStartWork(
  taskIndex: number,
  video: Size,
): { startSeconds: number; warmUpSeconds: number } {
  if (taskIndex >= processes) return { startSeconds: 0, warmUpSeconds: 0 };
  return { startSeconds: renderStartSeconds, warmUpSeconds: megapixels(video) * warmUpSecondsPerMegapixel };
}

function megapixels({ width, height }: Size): number {
  return (width * height) / 1e6;
}

export function mixWork(durationSeconds: number): number {
  return mixStartSeconds + durationSeconds * mixSecondsPerSecond;
}

/** Putting the file together, checking and storing it. */
export function joinWork(durationSeconds: number): number {
  return finishStartSeconds + durationSeconds * joinSecondsPerSecond + storeSeconds;
}

/** Poster, thumbnails, subtitles and chapters. */
export function companionsWork(durationSeconds: number): number {
  return finishStartSeconds + durationSeconds * companionsSecondsPerSecond + storeSeconds;
}

/** Of a task that stores files, the share that is left when the child is through. */
export function storeShare(workSeconds: number): number {
  return Math.min(0.3, storeSeconds / workSeconds);
}

/** What render, mix and finish will take, guessed from the script before anything was spoken. */
export function estimateUnplanned(
  composition: Composition,
  { outputs, views }: { readonly outputs: readonly ExportOutput[]; readonly views: readonly View[] },
): { render: number; mix: number; finish: number } {
  const scenes = composition.scenes.map((scene) => ({
    seconds: sceneSeconds(scene),
    weight: usualWeight(scene),
  }));
  const durationSeconds = scenes.reduce((sum, { seconds }) => sum + seconds, 0);
  const render = views.reduce((sum, { video, encodings }) => {
    const { startSeconds, warmUpSeconds } = drawingStartWork(0, video);
    const frames = scenes.reduce((work, { seconds, weight }) => {
      const chunk = { frameCount: usualChunkSeconds * video.fps, weight };
      return work + (seconds / usualChunkSeconds) * chunkWork(video, encodings, chunk);
    }, 0);
    return sum + processes * (startSeconds + warmUpSeconds) + frames;
  }, 0);
  return {
    render,
    mix: mixWork(durationSeconds) * views.length,
    finish: (joinWork(durationSeconds) + companionsWork(durationSeconds)) * outputs.length,
  };
}

type Scene = Composition['scenes'][number];

/** Before the plan, frames are taken to be as they mostly are with what the scene shows. */
function usualWeight({ picture, clip, pictures }: Scene): number {
  return picture === undefined && clip === undefined && pictures.length === 0 ? 0.2 : 1;
}

const usualChunkSeconds = 4;

/** How long a scene will be, guessed from its texts. */
function sceneSeconds({ narration, durationSeconds = 0 }: Scene): number {
  const spoken = narration.reduce((sum, { text }) => sum + speakingSeconds(text), 0);
  const padded = spoken === 0 ? 3 : spoken + 1.2 + 0.3 * (narration.length - 1);
  return Math.max(durationSeconds, padded);
}
