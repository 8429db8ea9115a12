import { sampleAt } from '../protocol/index.ts';
import type { MeasuredScene, ScenePlan } from './plan-scenes.ts';
import { type PlacedSound, type PlacedSpeech, sampleRate, type TimelineScene } from './timeline.ts';

/** What sounds are placed by. */
interface Placing {
  readonly fps: number;
  readonly measured: readonly MeasuredScene[];
}

export function placeSpeech(plan: ScenePlan, sceneIndex: number, { fps, measured }: Placing): PlacedSpeech[] {
  if (measured[sceneIndex]?.voiceOver !== undefined) return [];
  const sceneSample = sampleAt(plan.startFrame, fps);
  return plan.passageSamples.map((sample, passageIndex) => ({
    sceneIndex,
    passageIndex,
    startSample: sceneSample + sample,
  }));
}

export function placeVoiceOver(
  plan: ScenePlan,
  sceneIndex: number,
  { fps, measured }: Placing,
): PlacedSound[] {
  const voiceOver = measured[sceneIndex]?.voiceOver;
  if (voiceOver === undefined) return [];
  const startSample = sampleAt(plan.startFrame, fps) + plan.voiceOverSample;
  return [{ sceneIndex, startSample, sampleCount: Math.ceil(voiceOver.durationSeconds * sampleRate) }];
}

/** From the first frame of the scene until it is gone: while the next one comes in over it, it goes on. */
export function placeClipSound(
  plan: ScenePlan,
  scene: TimelineScene | undefined,
  { fps, plans }: { readonly fps: number; readonly plans: readonly ScenePlan[] },
): PlacedSound[] {
  if (scene?.clip === undefined || scene.clip.muted) return [];
  const startSample = sampleAt(plan.startFrame, fps);
  const leaving = plans[scene.index + 1]?.transitionFrames ?? 0;
  const sampleCount = sampleAt(plan.startFrame + plan.frameCount + leaving, fps) - startSample;
  return [{ sceneIndex: scene.index, startSample, sampleCount }];
}
