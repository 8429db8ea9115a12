import type { Composition } from '../protocol/index.ts';
import { isSpeakable } from './clean-text.ts';

/**
 * Whether a video has nothing to hear and no sign that this is meant. Headings are shown, not spoken, so a script of
 * headings alone is a misunderstanding; one with music, a clip, a recorded voice or a duration is not.
 */
export function isSilentByMistake({ scenes, music }: Composition): boolean {
  if (music !== undefined) return false;
  return scenes.every(
    ({ narration, clip, voiceOver, durationSeconds }) =>
      clip === undefined &&
      voiceOver === undefined &&
      durationSeconds === undefined &&
      !narration.some(({ text }) => isSpeakable(text)),
  );
}

/** What an error says about such a video. */
export const silenceProblem =
  'No paragraph or list has a word to speak, and nothing says that it is meant: no music, no clip, no duration';
