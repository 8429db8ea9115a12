import { type Composition, sampleAt } from '../protocol/index.ts';
import type { MeasuredFiles, Timeline } from '../timeline/index.ts';
import type { PlannedClipSound, PlannedSounds } from './plan-file.ts';

/** Everything that is heard, each sound with its place. `speech` holds storage keys, by scene and passage. */
export function plannedSounds(
  { scenes, music }: Composition,
  timeline: Timeline,
  {
    speech,
    voiceOver: measured,
  }: Pick<MeasuredFiles, 'voiceOver'> & {
    readonly speech: readonly (readonly { readonly soundKey: string }[])[];
  },
): PlannedSounds {
  return {
    totalSamples: sampleAt(timeline.frameCount, timeline.fps),
    speech: timeline.speech.flatMap(({ sceneIndex, passageIndex, startSample }) => {
      const spoken = speech[sceneIndex]?.[passageIndex];
      return spoken === undefined ? [] : [{ soundKey: spoken.soundKey, startSample }];
    }),
    voiceOvers: timeline.voiceOvers.flatMap(({ sceneIndex, startSample }) => {
      const voiceOver = scenes[sceneIndex]?.voiceOver;
      if (voiceOver === undefined) return [];
      const { source, gainDb } = voiceOver;
      return [{ source, gainDb, startSample, speech: measured?.(sceneIndex).speech ?? [] }];
    }),
    clips: timeline.clipSounds.flatMap(({ sceneIndex, ...place }) => {
      const clip = timeline.scenes[sceneIndex]?.clip;
      if (clip === undefined) return [];
      const { source, startSeconds, endSeconds, speed, loop, gainDb } = clip;
      return [{ source, startSeconds, endSeconds, speed, loop, gainDb, ...place } satisfies PlannedClipSound];
    }),
    ...(music === undefined ? {} : { music }),
  };
}
