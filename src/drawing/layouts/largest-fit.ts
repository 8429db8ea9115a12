/**
 * The largest size at which something fits; the smallest when it fits at none. What is made larger is taken to need
 * more room, as with text, so that a few tries are enough.
 *
 * @param sizes In any unit; found to within three per cent.
 */
export function largestFit<Result>(
  sizes: { readonly largest: number; readonly smallest: number },
  make: (size: number) => Result,
  fits: (result: Result) => boolean,
): Result {
  const whole = make(sizes.largest);
  if (fits(whole)) return whole;
  let [small, large] = [sizes.smallest, sizes.largest];
  let best = make(small);
  if (!fits(best)) return best;
  while (large / small > 1.03) {
    const middle = Math.sqrt(small * large);
    const tried = make(middle);
    if (fits(tried)) {
      best = tried;
      small = middle;
    } else {
      large = middle;
    }
  }
  return best;
}
