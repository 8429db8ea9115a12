import { type Scene, sampleAt } from '../protocol/index.ts';
import { type MeasuredSpeech, type MeasuredVoiceOver, sampleRate } from './timeline.ts';

/** The silences around speech, in seconds. */
export const pauses = {
  /** From the scene's start to its first word, at least. */
  beforeSpeech: 0.4,
  /** From the end of the transition to the first word, at least. */
  afterTransition: 0.2,
  betweenPassages: 0.3,
  afterSpeech: 0.6,
  /** How long a scene lasts in which nobody speaks, nothing plays, and that names no duration. */
  silentScene: 3,
} as const;

/** What was measured of the files and the speech of one scene. */
export interface MeasuredScene {
  readonly scene: Scene;
  /** Of each passage; empty when there is a recorded voice. */
  readonly spoken: readonly MeasuredSpeech[];
  readonly voiceOver: MeasuredVoiceOver | undefined;
  /** How long the clip plays once, at its speed. */
  readonly clipSeconds: number | undefined;
}

export interface ScenePlan {
  readonly startFrame: number;
  readonly frameCount: number;
  readonly transitionFrames: number;
  /** Where each passage starts, in samples from the start of the scene. */
  readonly passageSamples: readonly number[];
  /** Where the recorded voice starts, likewise. */
  readonly voiceOverSample: number;
}

/** Gives each scene its frames and its speech its samples. Scenes start and end on frame borders. */
export function planScenes(scenes: readonly MeasuredScene[], fps: number): ScenePlan[] {
  const shortest = scenes.map((measured) => shortestFrames(measured, fps));
  let startFrame = 0;
  return scenes.map((measured, index) => {
    const ownFrames = shortest[index] ?? 0;
    const previousFrames = shortest[index - 1] ?? 0;
    const transitionFrames = transitionLength(measured.scene, { fps, ownFrames, previousFrames });
    const voiceOverSample = leadSamples(transitionFrames, fps);
    const passageSamples = placePassages(measured, voiceOverSample);
    const speechFrames = framesToHold(measured, { leadSample: voiceOverSample, passageSamples, fps });
    const frameCount = Math.max(ownFrames, speechFrames);
    const plan = { startFrame, frameCount, transitionFrames, passageSamples, voiceOverSample };
    startFrame += frameCount;
    return plan;
  });
}

/** The scene's length if it came in by a cut: the same whatever is before it, so that a change stays local. */
function shortestFrames(measured: MeasuredScene, fps: number): number {
  const { scene, spoken, voiceOver, clipSeconds } = measured;
  const isSilent = spoken.length === 0 && voiceOver === undefined;
  const unspoken = clipSeconds !== undefined && scene.clip?.loop === false ? clipSeconds : pauses.silentScene;
  const asked = wholeFrames(scene.durationSeconds ?? (isSilent ? unspoken : 0), fps);
  const leadSample = leadSamples(0, fps);
  const passageSamples = placePassages(measured, leadSample);
  return Math.max(1, asked, framesToHold(measured, { leadSample, passageSamples, fps }));
}

/** At most half of the scene itself and of the one it comes from; none into the first scene. */
function transitionLength(
  scene: Scene,
  known: { readonly fps: number; readonly ownFrames: number; readonly previousFrames: number },
): number {
  if (scene.transition.kind === 'cut') return 0;
  const wanted = Math.round(scene.transition.durationSeconds * known.fps);
  return Math.min(wanted, Math.floor(known.ownFrames / 2), Math.floor(known.previousFrames / 2));
}

function leadSamples(transitionFrames: number, fps: number): number {
  const afterTransition = sampleAt(transitionFrames, fps) + pauses.afterTransition * sampleRate;
  return Math.round(Math.max(pauses.beforeSpeech * sampleRate, afterTransition));
}

function placePassages({ spoken, voiceOver }: MeasuredScene, leadSampleCount: number): number[] {
  if (voiceOver !== undefined) {
    return voiceOver.passages.map(
      ({ startSeconds }) => leadSampleCount + Math.round(startSeconds * sampleRate),
    );
  }
  const breath = pauses.betweenPassages * sampleRate;
  let next = leadSampleCount;
  return spoken.map((passage) => {
    const start = next;
    next = start + Math.ceil(passage.durationSeconds * sampleRate) + breath;
    return start;
  });
}

function framesToHold(
  { spoken, voiceOver }: MeasuredScene,
  at: { readonly leadSample: number; readonly passageSamples: readonly number[]; readonly fps: number },
): number {
  const [start, sound] =
    voiceOver === undefined ? [at.passageSamples.at(-1), spoken.at(-1)] : [at.leadSample, voiceOver];
  if (start === undefined || sound === undefined) return 0;
  return wholeFrames(start / sampleRate + sound.durationSeconds + pauses.afterSpeech, at.fps);
}

function wholeFrames(seconds: number, fps: number): number {
  // 0.1 * 30 is 3.0000000000000004: a frame must not be added for that.
  return Math.ceil(seconds * fps - 1e-6);
}
