import type { Voice } from '../protocol/index.ts';
import { findEspeakVoice } from './espeak-voices.ts';

/**
 * The voice with the name of the one that will speak, found without loading any engine: to be asked before a job is
 * accepted.
 *
 * @param language BCP 47; decides when the voice has no name.
 * @throws {AuraError} voice_unknown, with the closest names, or saying that no voice speaks the language.
 */
export function resolveVoice(language: string, voice: Voice): Voice & { readonly name: string } {
  return { ...voice, name: finders[voice.provider](language, voice.name) };
}

const finders = {
  espeak: (language, name) => findEspeakVoice(language, name).name,
} as const satisfies Record<Voice['provider'], (language: string, name: string | undefined) => string>;
