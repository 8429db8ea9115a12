import { sentenceStarts } from './sentence-starts.ts';
import type { TranscriptWord } from './voice-over-words.ts';
import { type Span, wordWeight } from './word-spans.ts';

interface Spreading {
  readonly passages: readonly string[];
  readonly language: string;
  readonly durationSeconds: number;
  readonly speech: readonly Span[];
}

/**
 * Times for words that nothing is known of but where somebody speaks: each takes its share of that time by its length.
 * Sentences begin where speech begins again after a pause, if there is a pause near.
 */
export function spreadOverSpeech(words: readonly TranscriptWord[], spreading: Spreading): Span[] {
  const clock = speechClock(spreading);
  const sentences = splitSentences(words, spreading);
  const total = words.reduce((sum, { text }) => sum + wordWeight(text), 0);
  const spans: Span[] = [];
  let weight = 0;
  let start = 0;
  for (const [index, sentence] of sentences.entries()) {
    weight += sentence.reduce((sum, { text }) => sum + wordWeight(text), 0);
    const isLast = index === sentences.length - 1;
    const end = isLast ? clock.spoken : clock.nearPause((clock.spoken * weight) / total, start);
    spans.push(...sentenceSpans(sentence, { start, end, clock }));
    start = end;
  }
  return spans;
}

function sentenceSpans(
  sentence: readonly TranscriptWord[],
  { start, end, clock }: { start: number; end: number; clock: SpeechClock },
): Span[] {
  const total = sentence.reduce((sum, { text }) => sum + wordWeight(text), 0);
  let done = 0;
  return sentence.map(({ text }) => {
    const from = start + ((end - start) * done) / total;
    done += wordWeight(text);
    const to = start + ((end - start) * done) / total;
    return { startSeconds: clock.starting(from), endSeconds: clock.ending(to) };
  });
}

/** Words of one sentence each; a passage's end is always the end of one. */
function splitSentences(
  words: readonly TranscriptWord[],
  { passages, language }: Spreading,
): TranscriptWord[][] {
  const starts = passages.map((passage) => sentenceStarts(passage, language));
  const sentences: TranscriptWord[][] = [];
  let last: TranscriptWord | undefined;
  for (const word of words) {
    const lastStart = last?.textStart ?? -1;
    const begins = starts[word.passage]?.some((start) => start > lastStart && start <= word.textStart);
    if (last === undefined || word.passage !== last.passage || begins === true) sentences.push([]);
    sentences.at(-1)?.push(word);
    last = word;
  }
  return sentences;
}

/** A clock that only runs while somebody speaks. */
interface SpeechClock {
  /** Seconds of speech in all. */
  readonly spoken: number;
  /** When what begins at this time of speech is heard, and when what ends at it has been; in seconds of the recording. */
  starting(spokenSeconds: number): number;
  ending(spokenSeconds: number): number;
  /** When a sentence ends that begins at `start` and should end then: at the pause that is near, if there is one. */
  nearPause(spokenSeconds: number, start: number): number;
}

/** A pause this near is meant to be the one between two sentences; in seconds. */
const nearSeconds = 1;

function speechClock({ speech, durationSeconds }: Spreading): SpeechClock {
  const whole = [{ startSeconds: 0, endSeconds: durationSeconds }];
  const heard = speech.filter(({ startSeconds, endSeconds }) => endSeconds > startSeconds);
  let spoken = 0;
  const stretches = (heard.length === 0 ? whole : heard).map(({ startSeconds, endSeconds }) => {
    const from = spoken;
    spoken += endSeconds - startSeconds;
    return { startSeconds, from, to: spoken };
  });
  const heardAt = (time: number, stretch: (typeof stretches)[number] | undefined) =>
    stretch === undefined ? time : stretch.startSeconds + Math.min(time, stretch.to) - stretch.from;
  return {
    spoken,
    starting: (time) => heardAt(time, stretches.find(({ to }) => time < to) ?? stretches.at(-1)),
    ending: (time) => heardAt(time, stretches.find(({ to }) => time <= to + 1e-9) ?? stretches.at(-1)),
    nearPause: (wanted, start) => {
      const time = Math.max(wanted, start);
      const borders = stretches.slice(1).map(({ from }) => from);
      const reach = Math.min(nearSeconds, (time - start) / 2);
      const near = borders.filter((border) => Math.abs(border - time) <= reach);
      near.sort((one, other) => Math.abs(one - time) - Math.abs(other - time));
      return near[0] ?? time;
    },
  };
}
