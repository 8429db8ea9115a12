/**
 * Every frame rate a video can have, in frames per second. 23.976, 29.97 and 59.94 are the short names people know: the
 * exact rates, 24000/1001, 30000/1001 and 60000/1001, come from `frameRateOf`.
 */
export const frameRates = [23.976, 24, 25, 29.97, 30, 50, 59.94, 60] as const;
export type FrameRateName = (typeof frameRates)[number];

/** Frames per second as a fraction of whole numbers. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** Samples of sound per second, everywhere in Aura. */
const samplesPerSecond = 48_000;

/**
 * The exact rate behind a named one.
 *
 * @param fps One of `frameRates`, or any whole number of frames a second.
 * @throws {RangeError} for any other number.
 */
export function frameRateOf(fps: number): FrameRate {
  if (Number.isInteger(fps) && fps > 0) return { numerator: fps, denominator: 1 };
  const wholeRate = Math.ceil(fps);
  const isNtsc = frameRates.some((rate) => rate === fps);
  if (!isNtsc) throw new RangeError(`${fps} frames per second is not a rate of ${frameRates.join(', ')}`);
  return { numerator: wholeRate * 1000, denominator: 1001 };
}

/** Frames per second as near as a number can be: 29.97002997… for 29.97. For frame borders use `sampleAt`. */
export function exactFps(fps: number): number {
  const { numerator, denominator } = frameRateOf(fps);
  return numerator / denominator;
}

/** Seconds from the start of the video to the moment a frame appears. */
export function secondsAt(frame: number, fps: number): number {
  const { numerator, denominator } = frameRateOf(fps);
  return (frame * denominator) / numerator;
}

/**
 * The sample at 48 kHz that is nearest to the moment a frame appears. Counted in whole numbers from the start of the
 * video, so it never drifts. At NTSC rates a frame lasts a broken number of samples (1601.6 at 29.97).
 */
export function sampleAt(frame: number, fps: number): number {
  const { numerator, denominator } = frameRateOf(fps);
  // Exact: 4 hours at 59.94 are 4e13, far below 2^53.
  return Math.round((frame * samplesPerSecond * denominator) / numerator);
}
