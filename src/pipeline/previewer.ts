/** Least time between two pictures of what is being drawn, in milliseconds. */
const intervalMilliseconds = 2_000;

/** Decides when to show what is being drawn: the first frame at once, then one every two seconds. */
export function createPreviewer(now: () => number): { isDue(): boolean } {
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    isDue() {
      if (now() - shownAt < intervalMilliseconds) return false;
      shownAt = now();
      return true;
    },
  };
}
