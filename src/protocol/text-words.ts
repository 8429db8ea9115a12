/** A half-open range of UTF-16 code units. */
export interface TextRange {
  readonly textStart: number;
  readonly textEnd: number;
}

/**
 * Cuts text into the words that are shown and lit up one by one: at white space, and, in scripts written without
 * spaces, between words by the language's rules. Every visible character is in exactly one range.
 */
export function splitIntoWords(text: string, language: string): TextRange[] {
  const boundaries = boundariesWithoutSpaces(text, language);
  const words: TextRange[] = [];
  for (const { index, 0: run } of text.matchAll(/\S+/g)) {
    let start = index;
    for (let offset = index + 1; offset < index + run.length; offset += 1) {
      if (!boundaries.has(offset)) continue;
      words.push({ textStart: start, textEnd: offset });
      start = offset;
    }
    words.push({ textStart: start, textEnd: index + run.length });
  }
  return words;
}

/** Scripts, and the wide punctuation that is used with them. */
const writtenWithoutSpaces =
  /[\u3001-\u303f\uff01-\uff65\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Word boundaries beside a character of such a script; all others (don't, $25.50) stay whole. */
function boundariesWithoutSpaces(text: string, language: string): Set<number> {
  const boundaries = new Set<number>();
  if (!writtenWithoutSpaces.test(text)) return boundaries;
  let previous = '';
  for (const { segment, index } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
    if (writtenWithoutSpaces.test(previous) || writtenWithoutSpaces.test(segment)) boundaries.add(index);
    previous = segment;
  }
  return boundaries;
}

/**
 * Joins each range that only holds marks, and is not spoken, to its neighbour: an opening bracket or quote to what
 * follows, everything else to what comes before.
 */
export function clingMarks(
  text: string,
  words: readonly TextRange[],
  isSpoken: (word: TextRange) => boolean,
) {
  const joined: TextRange[] = [];
  let waiting: number | undefined;
  for (const word of words) {
    const characters = text.slice(word.textStart, word.textEnd);
    const isMark = !/[\p{Letter}\p{Number}]/u.test(characters) && !isSpoken(word);
    const last = joined.at(-1);
    const opens = /[\p{Ps}\p{Pi}]$/u.test(characters);
    if (isMark && (opens || last === undefined)) {
      waiting ??= word.textStart;
    } else if (isMark && last !== undefined && waiting === undefined) {
      joined[joined.length - 1] = { textStart: last.textStart, textEnd: word.textEnd };
    } else if (!isMark) {
      joined.push({ textStart: waiting ?? word.textStart, textEnd: word.textEnd });
      waiting = undefined;
    }
  }
  return waiting === undefined ? joined : withEnd(joined, words);
}

/** Opening marks at the very end have nothing to follow them. */
function withEnd(joined: readonly TextRange[], words: readonly TextRange[]): TextRange[] {
  const last = joined.at(-1);
  const end = words.at(-1)?.textEnd;
  if (last === undefined || end === undefined) return [];
  return [...joined.slice(0, -1), { textStart: last.textStart, textEnd: end }];
}
