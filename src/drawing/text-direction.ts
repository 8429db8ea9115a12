export type Direction = 'ltr' | 'rtl';

const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** By the first letter that has a direction, as in UAX #9; left to right when there is none. */
export function textDirection(text: string): Direction {
  for (const character of text) {
    if (rightToLeft.test(character) && /\p{L}/u.test(character)) return 'rtl';
    if (/\p{L}/u.test(character)) return 'ltr';
  }
  return 'ltr';
}

/** The direction of one word; undefined for numbers and signs, which go with their surroundings. */
export function wordDirection(word: string): Direction | undefined {
  return /\p{L}/u.test(word) ? textDirection(word) : undefined;
}

/**
 * The order in which the words of one line stand from left to right: runs of words against the line's direction keep
 * their own. Words only; inside a word the canvas orders the letters.
 *
 * @returns Indexes into `words`.
 */
export function visualOrder(words: readonly string[], base: Direction): number[] {
  const directions = resolveNeutral(words, base);
  const order = words.map((_, index) => index);
  const ordered = base === 'rtl' ? order.reverse() : order;
  return reverseRuns(ordered, (index) => directions[index] !== base);
}

/**
 * A number goes with the word before it ("Aura 2"); a sign between two words of one direction has that direction,
 * elsewhere the line's.
 */
function resolveNeutral(words: readonly string[], base: Direction): Direction[] {
  const directions = words.map(wordDirection);
  return words.map((word, index) => {
    const own = directions[index];
    if (own !== undefined) return own;
    const before = directions.slice(0, index).findLast((direction) => direction !== undefined) ?? base;
    if (/\p{Nd}/u.test(word)) return before;
    const after = directions.slice(index + 1).find((direction) => direction !== undefined) ?? base;
    return before === after ? before : base;
  });
}

function reverseRuns(order: readonly number[], inRun: (index: number) => boolean): number[] {
  const result: number[] = [];
  let run: number[] = [];
  for (const index of order) {
    if (inRun(index)) {
      run.unshift(index);
    } else {
      result.push(...run, index);
      run = [];
    }
  }
  return [...result, ...run];
}
