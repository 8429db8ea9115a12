import type { Voice, Warning } from '../protocol/index.ts';
import type { SpeechRequest } from './contract.ts';
import { findEspeakVoice } from './espeak-voices.ts';

/**
 * What of a text its voice will not read as a person would, found without speaking it. It is no failure, but nobody should
 * find out only from the finished video.
 *
 * @throws {AuraError} voice_unknown.
 */
export function readingWarnings(request: SpeechRequest): Warning[] {
  return readers[request.voice.provider](request);
}

const readers = { espeak: hanWarnings } as const satisfies Record<
  Voice['provider'],
  (request: SpeechRequest) => Warning[]
>;

/** The languages whose voices know how Chinese characters sound. */
const readHan = new Set(['zh', 'yue', 'hak']);

/** eSpeak NG has no dictionary of readings for Japanese: it says “Chinese letter” for each kanji. */
function hanWarnings({ text, language, voice }: SpeechRequest): Warning[] {
  const { name, language: spoken } = findEspeakVoice(language, voice.name);
  const characters = new Set(text.match(/\p{Script=Han}/gu));
  if (characters.size === 0 || readHan.has(new Intl.Locale(spoken).language)) return [];
  const examples = [...characters].slice(0, 5).join('');
  const advice = spoken.startsWith('ja')
    ? 'Write the narration in kana.'
    : 'Name a Chinese voice, such as cmn.';
  const message = `The voice ${name} cannot read ${examples}: it says “Chinese letter” for each. ${advice}`;
  return [{ code: 'characters_unreadable', message }];
}
