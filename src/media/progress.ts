/** Told the share of some work that is done, 0 to 1. */
export type Progress = (fraction: number) => void;

/** The progress of one part of a larger piece of work, which lies between two shares of the whole. */
export function part(whole: Progress, from: number, to: number): Progress {
  return (fraction) => whole(from + (to - from) * Math.min(1, fraction));
}
