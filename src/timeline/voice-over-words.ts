import { clingMarks, splitIntoWords, type TextRange, type WordTime } from '../protocol/index.ts';
import { alignWords } from './align-words.ts';
import { spreadOverSpeech } from './spread-over-speech.ts';
import type { MeasuredVoiceOver } from './timeline.ts';
import { parseTimingFile, type TimedPhrase } from './timing-file.ts';
import { orderSpans, type Span, shareSpan } from './word-spans.ts';

export interface RecordedVoice {
  /** What is said, passage by passage. */
  readonly passages: readonly string[];
  /** BCP 47. */
  readonly language: string;
  /** Of the recording. */
  readonly durationSeconds: number;
  /** Where somebody speaks, in order. */
  readonly speech: readonly Span[];
  /** Content of a timing file: WebVTT, SRT or JSON. */
  readonly timing?: string | undefined;
}

/** A word of the transcript, and how it is compared with those of the timing file. */
export interface TranscriptWord extends TextRange {
  readonly passage: number;
  readonly text: string;
  /** Letters and digits alone, in lower case. */
  readonly key: string;
}

/**
 * When each word of a recorded voice is said. With a timing file the transcript's words are found in it, whatever their
 * case and punctuation, and words that are missing there get the time between their neighbours. Without one, sentences
 * are spread over the speech by their length.
 *
 * @returns a passage for each given: words in order that do not overlap, each longer than nothing and within the recording.
 * @throws {AuraError} timing_invalid
 */
export function wordsFromTiming(recorded: RecordedVoice): MeasuredVoiceOver['passages'] {
  const { passages, language, durationSeconds, timing } = recorded;
  const words = transcriptWords(passages, language);
  const phrases = timing === undefined ? [] : parseTimingFile(timing);
  const found = phrases.length === 0 ? undefined : spansFromPhrases(words, phrases, recorded);
  const speech = phrases.length === 0 ? recorded.speech : phrases;
  const spans = found ?? spreadOverSpeech(words, { passages, language, durationSeconds, speech });
  return toPassages({ words, spans: orderSpans(spans, durationSeconds), count: passages.length });
}

function transcriptWords(passages: readonly string[], language: string): TranscriptWord[] {
  return passages.flatMap((passage, index) =>
    wordRanges(passage, language).map((range) => {
      const text = passage.slice(range.textStart, range.textEnd);
      return { ...range, passage: index, text, key: comparable(text) };
    }),
  );
}

function wordRanges(text: string, language: string): TextRange[] {
  return clingMarks(text, splitIntoWords(text, language), () => false);
}

function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\p{Mark}]/gu, '');
}

interface SpokenWord extends Span {
  readonly key: string;
}

/** Undefined when the timing file has none of the transcript's words: then only its times are of use. */
function spansFromPhrases(
  words: readonly TranscriptWord[],
  phrases: readonly TimedPhrase[],
  { language, durationSeconds }: RecordedVoice,
): Span[] | undefined {
  const spoken = phrases.flatMap((phrase) => spokenWords(phrase, language));
  const pairs = alignWords(
    words.map(({ key }) => key),
    spoken.map(({ key }) => key),
  );
  if (pairs.length === 0) return undefined;
  const spans: Span[] = [];
  let last = { one: -1, other: -1 };
  for (const pair of [...pairs, { one: words.length, other: spoken.length }]) {
    const between = words.slice(last.one + 1, pair.one);
    const span = spanBetween(spoken, { from: last.other, to: pair.other, durationSeconds });
    // Where there is no time between two words, those in between take it from the one before them.
    const isCrowded = span.endSeconds - span.startSeconds < between.length * shortestSeconds;
    const host = isCrowded && between.length > 0 ? spans.pop() : undefined;
    const sharing = host === undefined ? between : words.slice(last.one, pair.one);
    const shared =
      host === undefined ? span : { ...host, endSeconds: Math.max(host.endSeconds, span.endSeconds) };
    spans.push(...shareSpan(sharing, shared));
    const own = spoken[pair.other];
    if (own !== undefined) spans.push(own);
    last = pair;
  }
  return spans;
}

/** Below, a word between two others cannot be followed by the eye. */
const shortestSeconds = 0.06;

/** A cue's words share its time by their length. */
function spokenWords(phrase: TimedPhrase, language: string): SpokenWord[] {
  const texts = wordRanges(phrase.text, language).map(({ textStart, textEnd }) =>
    phrase.text.slice(textStart, textEnd),
  );
  const spans = shareSpan(
    texts.map((text) => ({ text })),
    phrase,
  );
  return texts.flatMap((text, index) => {
    const span = spans[index];
    return span === undefined ? [] : [{ ...span, key: comparable(text) }];
  });
}

/** The time of what was said between two words, or of the silence there. */
function spanBetween(
  spoken: readonly SpokenWord[],
  { from, to, durationSeconds }: { from: number; to: number; durationSeconds: number },
): Span {
  const hasOthers = to - from > 1;
  const first = hasOthers ? spoken[from + 1]?.startSeconds : spoken[from]?.endSeconds;
  const last = hasOthers ? spoken[to - 1]?.endSeconds : spoken[to]?.startSeconds;
  return { startSeconds: first ?? 0, endSeconds: last ?? durationSeconds };
}

interface Timed {
  readonly words: readonly TranscriptWord[];
  readonly spans: readonly Span[];
  readonly count: number;
}

function toPassages({ words, spans, count }: Timed): MeasuredVoiceOver['passages'] {
  let end = 0;
  return Array.from({ length: count }, (_, passage) => {
    const own = words.flatMap((word, index) => {
      const span = spans[index];
      return word.passage === passage && span !== undefined ? [{ word, span }] : [];
    });
    const startSeconds = own[0]?.span.startSeconds ?? end;
    end = own.at(-1)?.span.endSeconds ?? end;
    const timed = own.map(
      ({ word: { text, textStart, textEnd }, span }): WordTime => ({
        ...{ text, textStart, textEnd },
        startSeconds: span.startSeconds - startSeconds,
        endSeconds: span.endSeconds - startSeconds,
      }),
    );
    return { startSeconds, durationSeconds: end - startSeconds, words: timed };
  });
}
