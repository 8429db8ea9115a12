import type { Voice } from '../protocol/index.ts';
import type { SpeechProvider } from './contract.ts';
import { createEspeakProvider } from './espeak.ts';

/** Every engine by its name. Nothing is loaded before it speaks. */
export const speechProviders: Record<Voice['provider'], () => SpeechProvider> = {
  espeak: createEspeakProvider,
};

export type { Speech, SpeechProvider, SpeechRequest } from './contract.ts';
export { releaseEspeak } from './espeak-instance.ts';
export { readingWarnings } from './reading-warnings.ts';
export { readSpeechWords, type SpeechWords, writeSpeech } from './stored-speech.ts';
export { resolveVoice } from './voices.ts';
export { decodeWav, encodeWav, type MonoSound } from './wav.ts';
