import type { EspeakVoice, EspeakWorker } from '@echogarden/espeak-ng-emscripten';
import { AuraError } from '../protocol/index.ts';
import { longestTextBytes, withEspeak } from './espeak-instance.ts';
import type { SsmlText } from './ssml-text.ts';

/** Of everything eSpeak NG speaks, in Hz. */
export const espeakSampleRate = 22_050;

/** A stretch of sound that belongs to one place in the text. */
export interface SpokenWord {
  /** Where the word begins, in UTF-16 code units of the text before it was made SSML. */
  readonly offset: number;
  /** Of its first and after its last audible sound; the pause that follows is not included. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A voice of eSpeak NG, for speaking one passage. */
export interface EspeakEngine {
  /** Blocks the thread. An engine's later texts depend on its earlier ones, in the last bit of their sound. */
  speak(text: SsmlText): { readonly samples: Float32Array; readonly spokenWords: readonly SpokenWord[] };
}

export interface EspeakVoiceSettings {
  readonly identifier: string;
  readonly wordsPerMinute: number;
}

/**
 * Lets a voice speak that has not said anything before.
 *
 * @throws {AuraError} voice_unknown, narration_failed.
 */
export function withVoice<T>(
  { identifier, wordsPerMinute }: EspeakVoiceSettings,
  work: (engine: EspeakEngine) => Promise<T>,
): Promise<T> {
  return withEspeak((worker) => {
    if (worker.set_voice(identifier) !== 0) {
      throw new AuraError('voice_unknown', `eSpeak NG has no voice ${identifier}.`);
    }
    worker.set_rate(wordsPerMinute);
    return work({ speak: (text) => speakWith(worker, text) });
  });
}

/** The voices as the engine itself lists them. */
export function listEspeakVoices(): Promise<readonly EspeakVoice[]> {
  return withEspeak(async (worker) => worker.list_voices());
}

function speakWith(worker: EspeakWorker, text: SsmlText): ReturnType<EspeakEngine['speak']> {
  const pieces: Int16Array[] = [];
  const words: OpenWord[] = [];
  synthesize(worker, text.ssml, (samples, events) => {
    if (samples.length > 0) pieces.push(samples);
    for (const event of events) {
      const milliseconds = event.audio_position;
      if (event.type === 'word') words.push({ position: event.text_position, milliseconds });
      const word = words.at(-1);
      if (event.type === 'phoneme' && word !== undefined) addPhoneme(word, String(event.id), milliseconds);
      if (event.type === 'end' && word !== undefined) word.end ??= milliseconds;
    }
    return false;
  });
  const samples = toFloats(pieces);
  return { samples, spokenWords: closeWords(words, text, samples.length / espeakSampleRate) };
}

function synthesize(worker: EspeakWorker, ...[ssml, onPiece]: Parameters<EspeakWorker['synthesize']>): void {
  if (Buffer.byteLength(ssml) > longestTextBytes) throw new RangeError('the text is longer than a passage');
  try {
    worker.synthesize(ssml, onPiece);
  } catch (cause) {
    throw new AuraError('narration_failed', 'eSpeak NG broke off in the middle of speaking.', { cause });
  }
}

interface OpenWord {
  /** In code points of the SSML, counted from 1. */
  readonly position: number;
  readonly milliseconds: number;
  /** Times of the first audible phoneme and of the pause after the last one. */
  start?: number;
  end?: number | undefined;
}

function addPhoneme(word: OpenWord, name: string, milliseconds: number): void {
  const isChangeOfLanguage = name.startsWith('(');
  if (isChangeOfLanguage) return;
  const isPause = name === '';
  if (isPause) {
    if (word.start !== undefined) word.end ??= milliseconds;
    return;
  }
  word.start ??= milliseconds;
  word.end = undefined;
}

/** Words without any sound of their own are left out; a word without a pause after it ends where the next one begins. */
function closeWords(words: readonly OpenWord[], text: SsmlText, durationSeconds: number): SpokenWord[] {
  return words.flatMap((word, index) => {
    if (word.start === undefined) return [];
    const next = words[index + 1]?.milliseconds;
    const endSeconds = word.end ?? next;
    return {
      offset: text.offsetOf(word.position - 1),
      startSeconds: word.start / 1000,
      endSeconds: endSeconds === undefined ? durationSeconds : endSeconds / 1000,
    };
  });
}

function toFloats(pieces: readonly Int16Array[]): Float32Array {
  const floats = new Float32Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    for (const sample of piece) floats[position++] = sample / 32_768;
  }
  return floats;
}
