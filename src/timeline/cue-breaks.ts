import type { WordTime } from '../protocol/index.ts';
import { isConjunction } from './conjunctions.ts';
import { sentenceStarts } from './sentence-starts.ts';

/** How good a place to end a cue the end of a word is. */
export type BreakKind = 'sentence' | 'clause' | 'phrase' | 'conjunction' | 'word';

/** The kind of break after each word but the last. */
export function breaksAfterWords(text: string, words: readonly WordTime[], language: string): BreakKind[] {
  const starts = sentenceStarts(text, language);
  return words.slice(1).map((next, index) => {
    const word = words[index];
    if (word === undefined) return 'word';
    if (starts.some((start) => start > word.textStart && start <= next.textStart)) return 'sentence';
    const between = text.slice(word.textEnd, next.textStart);
    const written = text.slice(word.textStart, next.textStart);
    if (endsClause.test(written)) return 'clause';
    if (endsPhrase.test(written)) return 'phrase';
    if (/\s/u.test(between) && joinsWithoutSpaces(word.text, next.text)) return 'phrase';
    return isConjunction(next.text, language) ? 'conjunction' : 'word';
  });
}

const endsClause = /[;:؛；：…—–।॥。！？!?][\s\p{Pe}\p{Pf}]*$/u;
const endsPhrase = /[,،、，)\]»”][\s\p{Pe}\p{Pf}]*$/u;

const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Where words are written without spaces, a space divides phrases. */
function joinsWithoutSpaces(word: string, next: string): boolean {
  return spaceless.test(word) && spaceless.test(next);
}
