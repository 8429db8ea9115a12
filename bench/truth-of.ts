/** What a watcher was shown at one moment. */
export interface Observation {
  readonly atSeconds: number;
  /** 0 to 1. */
  readonly progress: number;
  readonly etaSeconds: number | null;
}

/** How what was shown compares with the time that really passed. */
export interface Truth {
  readonly totalSeconds: number;
  /** Largest distance between the bar and the share of the time that had passed. */
  readonly distance: number;
  /** Largest single step of the bar. */
  readonly jump: number;
  /** Longest time in which nothing new was shown. */
  readonly silenceSeconds: number;
  /** Median error of the remaining time that was promised, after the first fifth, as a share of the whole. */
  readonly etaError: number;
}

export function truthOf(seen: readonly Observation[]): Truth {
  const totalSeconds = seen.at(-1)?.atSeconds ?? 0;
  const start: Observation = { atSeconds: 0, progress: 0, etaSeconds: null };
  const steps = seen.map((now, index) => ({ now, before: seen[index - 1] ?? start }));
  const errors = seen.flatMap(({ atSeconds, etaSeconds }) =>
    etaSeconds === null || atSeconds < totalSeconds / 5
      ? []
      : [Math.abs(etaSeconds - (totalSeconds - atSeconds)) / totalSeconds],
  );
  return {
    totalSeconds: rounded(totalSeconds),
    distance: rounded(
      highest(seen.map(({ atSeconds, progress }) => Math.abs(progress - atSeconds / totalSeconds))),
    ),
    jump: rounded(highest(steps.map(({ now, before }) => now.progress - before.progress))),
    silenceSeconds: rounded(highest(steps.map(({ now, before }) => now.atSeconds - before.atSeconds))),
    etaError: rounded(errors.toSorted((a, b) => a - b)[Math.floor(errors.length / 2)] ?? 0),
  };
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
