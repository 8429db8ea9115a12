/** What a job's bar and estimate are continued from. Times are in seconds of one worker's work unless they say otherwise. */
export interface Pace {
  /** What the bar shows, 0 to 1. */
  readonly progress: number;
  /** Done work at that moment. */
  readonly doneSeconds: number;
  /** Work done lately, older work counting for less; begins with what is expected of the machine. */
  readonly recentWorkSeconds: number;
  /** The time by the clock in which that was done. */
  readonly recentClockSeconds: number;
  /** When it was measured, in milliseconds since 1970; null before the first task began. */
  readonly measuredAt: number | null;
}

export interface Measurement {
  /** Done work, stored results left out. */
  readonly doneSeconds: number;
  /** All work, stored results left out, with the estimate of what is not planned yet. */
  readonly totalSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The most a job that is not completed may show. */
export const highestProgress = 0.999;

/** How long the first guess of the speed weighs as much as measured speed, in seconds by the clock. */
const guessClockSeconds = 4;

/** After this time by the clock, measured speed counts half. */
const halfLifeSeconds = 30;

/** Longer silences are time in which nothing ran, such as between a crash and the restart. */
const longestStepSeconds = 3;

/** A bar at its beginning. `parallelism`: how many tasks are expected to run side by side. */
export function startPace(parallelism: number): Pace {
  return {
    progress: 0,
    doneSeconds: 0,
    recentWorkSeconds: parallelism * guessClockSeconds,
    recentClockSeconds: guessClockSeconds,
    measuredAt: null,
  };
}

/**
 * Moves the bar to a new measurement. What is left of the bar is spread evenly over the work that is left at each moment,
 * so a plan that replaces an estimate, or results that turn out to be stored, change how fast it moves from then on but
 * never where it is. It never goes back: work that has to be done again fills the same part a second time.
 */
export function advancePace(pace: Pace, { doneSeconds, totalSeconds, now }: Measurement): Pace {
  const newSeconds = Math.max(0, doneSeconds - pace.doneSeconds);
  const leftSeconds = totalSeconds - pace.doneSeconds;
  const share = leftSeconds > 0 ? Math.min(1, newSeconds / leftSeconds) : 0;
  const progress = pace.progress + (1 - pace.progress) * share;
  const silence = pace.measuredAt === null ? 0 : Math.max(0, now - pace.measuredAt) / 1_000;
  const clockSeconds = Math.min(silence, longestStepSeconds);
  const remembered = 0.5 ** (clockSeconds / halfLifeSeconds);
  return {
    progress: Math.min(progress, highestProgress),
    doneSeconds,
    recentWorkSeconds: pace.recentWorkSeconds * remembered + newSeconds,
    recentClockSeconds: pace.recentClockSeconds * remembered + clockSeconds,
    measuredAt: now,
  };
}

/**
 * How much of a task is likely done that has not said anything yet, as a share: at the pace expected of it at first, then
 * ever slower, for it may take longer than expected. What the task says itself takes its place.
 */
export function expectedFraction(elapsedSeconds: number, workSeconds: number): number {
  if (workSeconds <= 0) return 0;
  return highestExpected * (1 - Math.exp(-elapsedSeconds / (workSeconds * highestExpected)));
}

/** The most that is believed of a silent task. */
const highestExpected = 0.9;

/** Seconds by the clock until the work is done, at the speed of late; null while there is no work known. */
export function estimateEta(pace: Pace, totalSeconds: number): number | null {
  if (totalSeconds <= 0) return null;
  const leftSeconds = Math.max(0, totalSeconds - pace.doneSeconds);
  const speed = pace.recentWorkSeconds / pace.recentClockSeconds;
  // Nothing done for many half-lives: whatever number came out would be a lie.
  if (speed < slowestBelievableSpeed) return null;
  return Math.round((leftSeconds / speed) * 10) / 10;
}

/** In seconds of work per second by the clock. */
const slowestBelievableSpeed = 0.001;
