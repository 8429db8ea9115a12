/** The same word at a place in each of two lists. */
export interface WordPair {
  readonly one: number;
  readonly other: number;
}

/**
 * Pairs the words of two lists that are the same, both in order: first those that occur once in each, then those that begin
 * a group of three that does, then between them the longest common sequence. A stretch too long for that is left without.
 *
 * @param ones words ready for comparing; an empty one equals nothing.
 */
export function alignWords(ones: readonly string[], others: readonly string[]): WordPair[] {
  return alignBy([1, 3], ones, others);
}

/** @param sizes of the groups of words whose only places are looked for, one after the other. */
function alignBy(sizes: readonly number[], ones: readonly string[], others: readonly string[]): WordPair[] {
  const [size, ...rest] = sizes;
  if (size === undefined) return commonWords(ones, others);
  const anchors = longestRising(uniquePairs(groups(ones, size), groups(others, size)));
  const borders = [...anchors, { one: ones.length, other: others.length }];
  let start = { one: 0, other: 0 };
  return borders.flatMap((border) => {
    const from = start;
    start = { one: border.one + 1, other: border.other + 1 };
    const between = alignBy(rest, ones.slice(from.one, border.one), others.slice(from.other, border.other));
    const pairs = between.map(({ one, other }) => ({ one: from.one + one, other: from.other + other }));
    return border.one < ones.length ? [...pairs, border] : pairs;
  });
}

/** Each word with those behind it; empty where one of them is. */
function groups(words: readonly string[], size: number): string[] {
  return words.map((_, index) => {
    const group = words.slice(index, index + size);
    return group.length < size || group.includes('') ? '' : group.join(' ');
  });
}

function uniquePairs(ones: readonly string[], others: readonly string[]): WordPair[] {
  const places = onlyPlaces(others);
  return Array.from(onlyPlaces(ones)).flatMap(([word, one]) => {
    const other = places.get(word);
    return other === undefined ? [] : [{ one, other }];
  });
}

/** Words that occur once, and where; in the order of the list. */
function onlyPlaces(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const isOnly = (word: string) => word !== '' && counts.get(word) === 1;
  return new Map(words.flatMap((word, index) => (isOnly(word) ? [[word, index] as const] : [])));
}

/** The longest selection of pairs, given in the order of `one`, in which `other` rises too. */
function longestRising(pairs: readonly WordPair[]): WordPair[] {
  /** For each length, the index of the pair with the lowest `other` that ends such a selection. */
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, pair] of pairs.entries()) {
    const length = firstAtLeast(ends, (end) => (pairs[end]?.other ?? 0) >= pair.other);
    previous.push(ends[length - 1]);
    ends[length] = index;
  }
  const chosen: WordPair[] = [];
  for (let index = ends.at(-1); index !== undefined; index = previous[index]) {
    const pair = pairs[index];
    if (pair !== undefined) chosen.push(pair);
  }
  return chosen.reverse();
}

function firstAtLeast(ends: readonly number[], isEnough: (end: number) => boolean): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEnough(ends[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Comparisons in one stretch: a few milliseconds, a few megabytes. */
const mostComparisons = 4_000_000;

/** The longest common sequence, by the table of its lengths. */
function commonWords(ones: readonly string[], others: readonly string[]): WordPair[] {
  const width = others.length + 1;
  if (ones.length === 0 || others.length === 0 || ones.length * others.length > mostComparisons) return [];
  const lengths = new Uint16Array((ones.length + 1) * width);
  const at = (one: number, other: number) => lengths[one * width + other] ?? 0;
  const isSame = (one: number, other: number) => ones[one] !== '' && ones[one] === others[other];
  for (let one = ones.length - 1; one >= 0; one -= 1) {
    for (let other = others.length - 1; other >= 0; other -= 1) {
      const skipped = Math.max(at(one + 1, other), at(one, other + 1));
      lengths[one * width + other] = isSame(one, other) ? at(one + 1, other + 1) + 1 : skipped;
    }
  }
  const pairs: WordPair[] = [];
  for (let [one, other] = [0, 0]; one < ones.length && other < others.length; ) {
    if (isSame(one, other)) pairs.push({ one: one++, other: other++ });
    else if (at(one + 1, other) >= at(one, other + 1)) one += 1;
    else other += 1;
  }
  return pairs;
}
