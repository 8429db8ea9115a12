import type { Job } from '../protocol/index.ts';

/** How fast frames were drawn of late. */
export interface DrawingRate {
  /** Drawn at the last measurement, in this attempt, stored ones left out. */
  readonly drawn: number;
  readonly recentFrames: number;
  readonly recentClockSeconds: number;
}

export const noRate: DrawingRate = { drawn: 0, recentFrames: 0, recentClockSeconds: 0 };

/** After this time by the clock, what was drawn counts half. */
const halfLifeSeconds = 5;

/** After a longer silence, such as an outage or a wait between tasks, nobody knows in which part of it frames were drawn. */
const longestStepSeconds = 3;

export function advanceRate(
  rate: DrawingRate,
  { drawn, clockSeconds }: { readonly drawn: number; readonly clockSeconds: number },
): DrawingRate {
  if (clockSeconds > longestStepSeconds) return { ...noRate, drawn };
  // Until the first frame, processes start: that is no drawing yet.
  if (rate.recentFrames === 0 && drawn <= rate.drawn) return { ...noRate, drawn };
  const remembered = 0.5 ** (clockSeconds / halfLifeSeconds);
  return {
    drawn,
    recentFrames: rate.recentFrames * remembered + Math.max(0, drawn - rate.drawn),
    recentClockSeconds: rate.recentClockSeconds * remembered + clockSeconds,
  };
}

/** In the first second it would say more about when the reports came, and nothing at all is no rate. */
const shortestClockSeconds = 0.8;

/** @param videoSecondsPerFrame how long a frame is shown. */
export function describeRate(rate: DrawingRate, videoSecondsPerFrame: number): Job['rate'] {
  if (rate.recentClockSeconds < shortestClockSeconds) return null;
  const framesPerSecond = rate.recentFrames / rate.recentClockSeconds;
  if (framesPerSecond < 0.1) return null;
  return {
    framesPerSecond: Math.round(framesPerSecond * 10) / 10,
    timesRealTime: Math.round(framesPerSecond * videoSecondsPerFrame * 100) / 100,
  };
}
