import type { WordTime } from '../protocol/index.ts';
import { type BreakKind, breaksAfterWords } from './cue-breaks.ts';
import { widthsBefore } from './text-width.ts';
import type { Cue } from './timeline.ts';

export interface SpokenPassage {
  readonly text: string;
  /** In spoken order; times from the start of the passage. */
  readonly words: readonly WordTime[];
}

export interface CueOptions {
  /** BCP 47. */
  readonly language: string;
  /** Most text in one cue, in the units of `textWidth`. A single word may be wider. */
  readonly widthBudget: number;
  /** Where the passage starts in its scene; added to every time. */
  readonly offsetSeconds: number;
}

/**
 * Divides a passage into captions. Each word is in exactly one cue, each cue's text is a slice of the passage (white
 * space made plain), and cues end where sentences and phrases end as far as two lines allow.
 */
export function buildCues(passage: SpokenPassage, options: CueOptions): Cue[] {
  const text = passage.text.replaceAll(/\s/gu, ' ');
  const words = passage.words.filter((word) => text.slice(word.textStart, word.textEnd).trim() !== '');
  if (words.length === 0) return [];
  const starts = cueTextStarts(text, words);
  const firstWords = chooseFirstWords(text, words, { ...options, starts });
  return firstWords.map((first, index) => {
    const next = firstWords[index + 1] ?? words.length;
    const textStart = starts[first] ?? 0;
    const slice = text.slice(textStart, starts[next]).trimEnd();
    return cueOf(slice, words.slice(first, next), { textStart, offsetSeconds: options.offsetSeconds });
  });
}

/** Where each word's cue text would begin: opening quotes and brackets before it are its own. Last: the text's end. */
function cueTextStarts(text: string, words: readonly WordTime[]): number[] {
  const starts = words.map((word, index) => {
    const previousEnd = words[index - 1]?.textEnd ?? 0;
    const between = text.slice(previousEnd, word.textStart);
    const opening = /[\p{Ps}\p{Pi}"'¿¡]*$/u.exec(between.trimStart() === '' ? '' : between);
    return word.textStart - (opening?.[0].length ?? 0);
  });
  starts[0] = text.length - text.trimStart().length;
  starts.push(text.length);
  return starts;
}

function cueOf(
  text: string,
  words: readonly WordTime[],
  from: { readonly textStart: number; readonly offsetSeconds: number },
): Cue {
  const placed = words.map((word) => ({
    ...word,
    startSeconds: word.startSeconds + from.offsetSeconds,
    endSeconds: word.endSeconds + from.offsetSeconds,
    textStart: word.textStart - from.textStart,
    textEnd: Math.min(word.textEnd - from.textStart, text.length),
  }));
  const startSeconds = placed[0]?.startSeconds ?? from.offsetSeconds;
  const endSeconds = placed.at(-1)?.endSeconds ?? startSeconds;
  return { text, startSeconds, endSeconds: Math.max(startSeconds, endSeconds), words: placed };
}

/** The division with the least cost, found by dynamic programming over where a cue can end. */
function chooseFirstWords(
  text: string,
  words: readonly WordTime[],
  options: CueOptions & { readonly starts: readonly number[] },
): number[] {
  const breaks = breaksAfterWords(text, words, options.language);
  const widths = widthsBefore(text);
  const ends = options.starts.map((start) => text.slice(0, start).trimEnd().length);
  const width = (first: number, next: number): number =>
    (widths[ends[next] ?? text.length] ?? 0) - (widths[options.starts[first] ?? 0] ?? 0);
  const best: { cost: number; first: number }[] = [{ cost: 0, first: 0 }];
  for (let next = 1; next <= words.length; next++) {
    let choice = { cost: Number.POSITIVE_INFINITY, first: next - 1 };
    for (let first = next - 1; first >= 0; first--) {
      const fill = width(first, next) / options.widthBudget;
      if (fill > 1 && next - first > 1) break;
      const cost = (best[first]?.cost ?? 0) + cueCost({ words, breaks, first, next, fill });
      if (cost < choice.cost) choice = { cost, first };
    }
    best.push(choice);
  }
  return walkBack(best);
}

function walkBack(best: readonly { readonly first: number }[]): number[] {
  const firstWords: number[] = [];
  for (let next = best.length - 1; next > 0; next = best[next]?.first ?? 0) {
    firstWords.unshift(best[next]?.first ?? 0);
  }
  return firstWords;
}

const comfortableSeconds = 0.7;
const endCost = { sentence: 0, clause: 0.5, phrase: 1.5, conjunction: 2.5, word: 4 } satisfies Record<
  BreakKind,
  number
>;
const innerCost = { sentence: 3, clause: 0.75, phrase: 0.25, conjunction: 0, word: 0 } satisfies Record<
  BreakKind,
  number
>;

function cueCost(cue: {
  readonly words: readonly WordTime[];
  readonly breaks: readonly BreakKind[];
  readonly first: number;
  readonly next: number;
  readonly fill: number;
}): number {
  const inside = cue.breaks.slice(cue.first, cue.next - 1).reduce((sum, kind) => sum + innerCost[kind], 0);
  const end = endCost[cue.breaks[cue.next - 1] ?? 'sentence'];
  const startSeconds = cue.words[cue.first]?.startSeconds ?? 0;
  const until = cue.words[cue.next]?.startSeconds ?? (cue.words[cue.next - 1]?.endSeconds ?? 0) + 0.4;
  const haste = Math.max(0, 1 - (until - startSeconds) / comfortableSeconds);
  const emptiness = Math.max(0, 0.3 - cue.fill) / 0.3;
  return 2 + inside + end + 12 * haste + 2 * emptiness;
}
