/** What a watcher was shown from one moment to the next. */
export interface Observation {
  readonly atSeconds: number;
  /** 0 to 1. */
  readonly progress: number;
  readonly etaSeconds: number | null;
  /** Something moved: a newer estimate of the same state is no news. */
  readonly isNews: boolean;
}

/** How what was shown compares with the time that really passed. */
export interface Truth {
  readonly totalSeconds: number;
  /** Largest distance between the bar and the share of the time that had passed, at any moment. */
  readonly distance: number;
  /** Largest single step of the bar. */
  readonly jump: number;
  /** Longest time in which nothing new was shown. */
  readonly silenceSeconds: number;
  /** In how much of the time an estimate was shown, as a share. */
  readonly etaShare: number;
  /**
   * Median over the time, after its first fifth, of how far the remaining time that was shown was from the real one, as a share
   * of the whole; null when none was shown.
   */
  readonly etaError: number | null;
}

export function truthOf(seen: readonly Observation[]): Truth {
  const totalSeconds = seen.at(-1)?.atSeconds ?? 0;
  const shown = [start, ...seen];
  const steps = seen.map((now, index) => ({ now, before: shown[index] ?? start }));
  const news = [start, ...seen.filter(({ isNews }) => isNews)];
  return {
    totalSeconds: rounded(totalSeconds),
    distance: rounded(highest(steps.map((step) => distanceIn(step, totalSeconds)))),
    jump: rounded(highest(steps.map(({ now, before }) => now.progress - before.progress))),
    silenceSeconds: rounded(
      highest(seen.map(({ atSeconds }) => atSeconds - newestBefore(news, atSeconds).atSeconds)),
    ),
    ...etaTruth(steps, totalSeconds),
  };
}

const start: Observation = { atSeconds: 0, progress: 0, etaSeconds: null, isNews: true };

interface Step {
  readonly before: Observation;
  readonly now: Observation;
}

/** The bar is as wrong as the new value is, or as the old one had become by then. */
function distanceIn({ before, now }: Step, totalSeconds: number): number {
  const passed = now.atSeconds / totalSeconds;
  return Math.max(Math.abs(now.progress - passed), Math.abs(before.progress - passed));
}

function newestBefore(news: readonly Observation[], atSeconds: number): Observation {
  return news.findLast((one) => one.atSeconds < atSeconds) ?? start;
}

function etaTruth(steps: readonly Step[], totalSeconds: number): Pick<Truth, 'etaShare' | 'etaError'> {
  const given = steps.flatMap(({ before, now }) =>
    before.etaSeconds === null
      ? []
      : [{ etaSeconds: before.etaSeconds, from: before.atSeconds, to: now.atSeconds }],
  );
  const errors = given.flatMap(({ etaSeconds, from, to }) => {
    const counted = Math.max(from, totalSeconds / 5);
    const error = (at: number) => Math.abs(etaSeconds - (totalSeconds - at)) / totalSeconds;
    // What stands for long is true at one moment only: half its time counts as at the beginning, half as at the end.
    return counted < to ? [counted, to].map((at) => ({ value: error(at), weight: (to - counted) / 2 })) : [];
  });
  const givenSeconds = given.reduce((sum, { from, to }) => sum + to - from, 0);
  const median = weightedMedian(errors);
  return {
    etaShare: totalSeconds > 0 ? rounded(givenSeconds / totalSeconds) : 0,
    etaError: median === undefined ? null : rounded(median),
  };
}

function weightedMedian(
  values: readonly { readonly value: number; readonly weight: number }[],
): number | undefined {
  const half = values.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let reached = 0;
  return values
    .toSorted((one, other) => one.value - other.value)
    .find(({ weight }) => {
      reached += weight;
      return reached >= half;
    })?.value;
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
