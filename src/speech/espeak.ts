import { setImmediate } from 'node:timers/promises';
import { AuraError } from '../protocol/index.ts';
import type { Speech, SpeechProvider, SpeechRequest } from './contract.ts';
import { type EspeakEngine, espeakSampleRate, type SpokenWord, withVoice } from './espeak-engine.ts';
import { espeakVoices, findEspeakVoice } from './espeak-voices.ts';
import { toSsml } from './ssml-text.ts';
import { splitIntoPieces, type TextPiece } from './text-pieces.ts';
import { trimSilence } from './trim-silence.ts';
import { timeWords } from './word-times.ts';

/**
 * eSpeak NG as WebAssembly: no network, no key, over 100 languages. Speaking blocks the thread, so it belongs in a child
 * process or a worker. The same request always gives the same samples.
 */
export function createEspeakProvider(): SpeechProvider {
  return {
    name: 'espeak',
    // The package's version, then a number of our own for changes to what we make of it.
    version: '0.3.5-1',
    voices: async () => espeakVoices,
    speak,
  };
}

/** Words per minute at rate 1, as eSpeak NG has it. */
const normalWordsPerMinute = 175;

/** Silence kept after the last sound, so that it does not end abruptly. */
const tailSeconds = 0.05;

/** Between the pieces of a long text: what eSpeak NG pauses after a sentence at normal speed. */
const pauseSeconds = 0.3;

async function speak(request: SpeechRequest, signal?: AbortSignal): Promise<Speech> {
  const { text, language, voice } = request;
  const { identifier, language: spokenLanguage } = findEspeakVoice(language, voice.name);
  signal?.throwIfAborted();
  const settings = { identifier, wordsPerMinute: normalWordsPerMinute * voice.rate };
  const sounds = await withVoice(settings, async (engine) => {
    const spoken: Sound[] = [];
    for (const piece of splitIntoPieces(text, spokenLanguage)) {
      // The engine blocks the thread: let an abort be heard in between.
      await setImmediate();
      signal?.throwIfAborted();
      const sound = speakPiece(engine, piece);
      if (sound !== undefined) spoken.push(sound);
    }
    return spoken;
  });
  const { samples, spokenWords } = join(sounds, Math.round((pauseSeconds / voice.rate) * espeakSampleRate));
  const durationSeconds = samples.length / espeakSampleRate;
  const words = timeWords({ text, language: spokenLanguage, spokenWords, durationSeconds });
  if (words.length === 0) throw nothingSpoken(text);
  return { sampleRate: espeakSampleRate, samples, words };
}

interface Sound {
  readonly samples: Float32Array;
  readonly spokenWords: readonly SpokenWord[];
}

function speakPiece(engine: EspeakEngine, { text, offset }: TextPiece): Sound | undefined {
  const { samples, spokenWords } = engine.speak(toSsml(text, offset));
  const trimmed = trimSilence(samples, { tailSamples: Math.round(tailSeconds * espeakSampleRate) });
  if (trimmed === undefined) return undefined;
  return {
    samples: trimmed.samples,
    spokenWords: shift(spokenWords, -trimmed.cutSamples / espeakSampleRate),
  };
}

function join(sounds: readonly Sound[], pauseSamples: number): Sound {
  const pauses = Math.max(0, sounds.length - 1) * pauseSamples;
  const samples = new Float32Array(sounds.reduce((sum, sound) => sum + sound.samples.length, pauses));
  const spokenWords: SpokenWord[] = [];
  let position = 0;
  for (const sound of sounds) {
    samples.set(sound.samples, position);
    spokenWords.push(...shift(sound.spokenWords, position / espeakSampleRate));
    position += sound.samples.length + pauseSamples;
  }
  return { samples, spokenWords };
}

function shift(words: readonly SpokenWord[], seconds: number): SpokenWord[] {
  return words.map((word) => ({
    offset: word.offset,
    startSeconds: word.startSeconds + seconds,
    endSeconds: word.endSeconds + seconds,
  }));
}

function nothingSpoken(text: string): AuraError {
  const excerpt = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return new AuraError('narration_failed', `Speaking “${excerpt}” gave no sound: it has no words.`);
}
