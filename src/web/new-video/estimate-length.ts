import type { Composition, Scene } from '../../protocol/index.ts';

/**
 * About how long the video will be, in seconds, before anything is spoken. Measured on the default English voice; other
 * voices differ by a fifth or so, which is why the page says "about".
 */
export function estimateLengthSeconds({ scenes, voice }: Composition): number {
  return scenes.reduce((sum, scene) => sum + estimateSceneSeconds(scene, voice.rate), 0);
}

const secondsPerLetter = 1 / 15;
/** One of these characters is a whole syllable. */
const secondsPerIdeograph = 1 / 5;
const pauseSecondsPerPassage = 0.35;
const scenePaddingSeconds = 1;

function estimateSceneSeconds(scene: Scene, rate: number): number {
  const speech = scene.narration.reduce(
    (sum, passage) => sum + spokenSeconds(passage.text) / rate + pauseSecondsPerPassage,
    0,
  );
  return Math.max(scene.durationSeconds ?? 0, speech + scenePaddingSeconds);
}

function spokenSeconds(text: string): number {
  const ideographs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu);
  const ideographCount = ideographs?.length ?? 0;
  return ideographCount * secondsPerIdeograph + (text.length - ideographCount) * secondsPerLetter;
}
