/** The marks of an axis: round numbers at even distances, the first at or below every value, the last at or above. */
export interface Scale {
  readonly ticks: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * @param shown.withZero Bars begin at zero, or their lengths would lie; a line may begin near its lowest value.
 * @param shown.most At most this many steps between ticks, as far as zero allows.
 */
export function niceScale(
  values: readonly number[],
  { withZero, most }: { readonly withZero: boolean; readonly most: number },
): Scale {
  const [lowest, highest] = extent(values, withZero);
  let step = niceStep((highest - lowest) / Math.max(1, most));
  let [first, last] = stepsAround(lowest, highest, step);
  if (last - first > most) {
    step = niceStep(step * 1.5);
    [first, last] = stepsAround(lowest, highest, step);
  }
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step, step));
  return { ticks, from: tidy(first * step, step), to: tidy(last * step, step) };
}

function stepsAround(lowest: number, highest: number, step: number): [number, number] {
  const first = Math.floor(lowest / step + slack);
  return [first, Math.max(first + 1, Math.ceil(highest / step - slack))];
}

/** A hair of a step, so that 0.30000000000000004 does not ask for another one. */
const slack = 1e-9;

/** Beyond this share of the highest value, the space under a line is worth more than its zero. */
const narrow = 0.5;

function extent(values: readonly number[], withZero: boolean): readonly [number, number] {
  const lowest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return [0, 1];
  const apart = highest - lowest;
  const reachesZero = withZero || apart > narrow * Math.max(Math.abs(lowest), Math.abs(highest));
  const from = reachesZero ? Math.min(0, lowest) : lowest;
  const to = reachesZero ? Math.max(0, highest) : highest;
  if (from === to) return from === 0 ? [0, 1] : [Math.min(0, from), Math.max(0, from)];
  return [from, to];
}

/** 1, 2, 2.5 or 5 times a power of ten, at least as large. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5].find((each) => each * power >= least * (1 - slack)) ?? 10;
  return factor * power;
}

/** Multiples of 0.1 are not exact: cut off what is only noise. */
function tidy(value: number, step: number): number {
  const decimals = Math.min(20, Math.max(0, 2 - Math.floor(Math.log10(step))));
  return Number(value.toFixed(decimals));
}

/** Where a value lies on the scale, 0 at its beginning, 1 at its end. */
export function shareOf(value: number, { from, to }: Scale): number {
  return (value - from) / (to - from);
}
