import { AuraError, type VoiceInfo } from '../protocol/index.ts';
import listed from './espeak-voices.json' with { type: 'json' };
import { closestNames, voiceForLanguage, voiceNamed } from './voice-match.ts';

/** Every voice of eSpeak NG, for people; from a list written by scripts/list-voices.ts, so that no engine is loaded. */
export const espeakVoices: readonly VoiceInfo[] = listed.map(({ name, label, language }) => ({
  provider: 'espeak',
  name,
  label,
  language,
}));

/** A voice and what the engine calls it. */
export type EspeakVoiceEntry = (typeof listed)[number];

/**
 * The voice of a name, or a language's default voice.
 *
 * @param language BCP 47; only looked at when no name is given.
 * @throws {AuraError} voice_unknown, with the closest names.
 */
export function findEspeakVoice(language: string, name: string | undefined): EspeakVoiceEntry {
  const voice = name === undefined ? voiceForLanguage(listed, language) : voiceNamed(listed, name);
  if (voice !== undefined) return voice;
  if (name !== undefined) {
    const close = closestNames(listed, name).join(', ');
    throw new AuraError('voice_unknown', `There is no voice “${name}”. The closest names are ${close}.`);
  }
  throw new AuraError('voice_unknown', `No voice speaks the language “${language}”. Name a voice to use.`);
}
