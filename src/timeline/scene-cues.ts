import type { Cue } from './timeline.ts';

/** Silences shorter than this do not take the caption away: it would only flicker. */
const bridgedSeconds = 1;
/** How long the last caption before a silence stays. */
const lingerSeconds = 0.4;

/** Extends each cue to the next one, or a little past its last word, never past the scene. No two overlap. */
export function closeGaps(cues: readonly Cue[], sceneSeconds: number): Cue[] {
  return cues.map((cue, index) => {
    const nextStart = cues[index + 1]?.startSeconds ?? Number.POSITIVE_INFINITY;
    const bridges = nextStart - cue.endSeconds <= bridgedSeconds;
    const end = bridges ? nextStart : cue.endSeconds + lingerSeconds;
    return { ...cue, endSeconds: Math.min(end, sceneSeconds) };
  });
}
