import { clingMarks, splitIntoWords, type TextRange, type WordTime } from '../protocol/index.ts';
import type { SpokenWord } from './espeak-engine.ts';

export interface TimedText {
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** What the engine said, in the order of its sound. */
  readonly spokenWords: readonly SpokenWord[];
  readonly durationSeconds: number;
}

/**
 * When each word of a text is spoken. An engine says several words for one (2024), one for several (of the), or none;
 * so its words are matched to those of the text by their place, and words that share a sound divide it by length.
 *
 * @returns words in order that do not overlap, each longer than nothing and within the sound, together covering every
 * visible character; none when nothing was spoken.
 */
export function timeWords({ text, language, spokenWords, durationSeconds }: TimedText): WordTime[] {
  const pieces = splitIntoWords(text, language);
  const spokenPieces = new Set(spokenWords.map((spoken) => indexAt(pieces, spoken.offset)));
  const words = clingMarks(text, pieces, (piece) => spokenPieces.has(indexAt(pieces, piece.textStart)));
  const sounds = alignSounds(words, spokenWords, durationSeconds);
  return sounds.flatMap((sound, index) => {
    const first = index === 0 ? 0 : sound.word;
    const sharing = words.slice(first, sounds[index + 1]?.word ?? words.length);
    const nextStart = sounds[index + 1]?.startSeconds ?? durationSeconds;
    const end = Math.min(sound.endSeconds, nextStart);
    return divide(text, sharing, sound.startSeconds, end > sound.startSeconds ? end : nextStart);
  });
}

/** The range that holds the offset, or the last one before it: an engine's further words for a number lie behind it. */
function indexAt(ranges: readonly TextRange[], offset: number): number {
  const next = ranges.findIndex((range) => range.textStart > offset);
  return Math.max(0, (next === -1 ? ranges.length : next) - 1);
}

interface Sound {
  /** Index of the first word it belongs to. */
  readonly word: number;
  readonly startSeconds: number;
  endSeconds: number;
}

/** One sound for each word that has one; later words begin strictly later. */
function alignSounds(
  words: readonly TextRange[],
  spokenWords: readonly SpokenWord[],
  durationSeconds: number,
): Sound[] {
  const sounds: Sound[] = [];
  for (const spoken of spokenWords) {
    const startSeconds = Math.max(0, spoken.startSeconds);
    const word = indexAt(words, spoken.offset);
    const last = sounds.at(-1);
    const isNext = last === undefined || (word > last.word && startSeconds > last.startSeconds);
    if (isNext && startSeconds < durationSeconds) {
      sounds.push({ word, startSeconds, endSeconds: spoken.endSeconds });
    } else if (last !== undefined) {
      last.endSeconds = Math.max(last.endSeconds, spoken.endSeconds);
    }
  }
  return words.length === 0 ? [] : sounds;
}

function divide(text: string, words: readonly TextRange[], start: number, end: number): WordTime[] {
  const total = words.reduce((sum, word) => sum + weight(text, word), 0);
  // The last share ends exactly where the sound ends, which a sum of rounded numbers may not.
  const timeAt = (done: number) => (done === total ? end : start + (end - start) * (done / total));
  let done = 0;
  return words.map((word) => {
    const startSeconds = timeAt(done);
    done += weight(text, word);
    return {
      text: text.slice(word.textStart, word.textEnd),
      startSeconds,
      endSeconds: timeAt(done),
      ...word,
    };
  });
}

function weight(text: string, { textStart, textEnd }: TextRange): number {
  const spoken = text.slice(textStart, textEnd).match(/[\p{Letter}\p{Number}]/gu);
  return spoken?.length ?? 1;
}
