import type { Composition, Scene } from '../../protocol/index.ts';
import { pauses } from '../../timeline/index.ts';

/**
 * About how long the video will be, in seconds, before anything is spoken: from the number of letters, at the speed of
 * the default voices. Within a tenth of the truth for the example scripts; the page says "about".
 */
export function estimateLengthSeconds({ scenes, voice }: Composition): number {
  return scenes.reduce((sum, scene) => sum + estimateSceneSeconds(scene, voice.rate), 0);
}

function estimateSceneSeconds({ narration, durationSeconds = 0 }: Scene, rate: number): number {
  if (narration.length === 0) return durationSeconds === 0 ? pauses.silentScene : durationSeconds;
  const speech = narration.reduce((sum, { text }) => sum + spokenSeconds(text), 0) / rate;
  const silence = pauses.beforeSpeech + pauses.afterSpeech + pauses.betweenPassages * (narration.length - 1);
  return Math.max(durationSeconds, speech + silence);
}

/** How many characters are spoken in a second where writing is denser than in alphabets with vowels. */
const dense = [
  // A character is a syllable or a word.
  { pattern: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu, perSecond: 7.5 },
  // Short vowels are not written.
  { pattern: /[\p{Script=Arabic}\p{Script=Hebrew}]/gu, perSecond: 10 },
] as const;
const lettersPerSecond = 18;

function spokenSeconds(text: string): number {
  const counts = dense.map(({ pattern, perSecond }) => ({
    count: text.match(pattern)?.length ?? 0,
    perSecond,
  }));
  const rest = counts.reduce((left, { count }) => left - count, text.length);
  return counts.reduce((sum, { count, perSecond }) => sum + count / perSecond, rest / lettersPerSecond);
}
