import type { Composition, Scene } from '../protocol/index.ts';
import { buildCues } from './build-cues.ts';
import { captionBudget } from './caption-budget.ts';
import { panDirections } from './pan-direction.ts';
import { closeGaps } from './scene-cues.ts';
import type { MeasuredSpeech, PlacedSpeech, Timeline, TimelineScene } from './timeline.ts';
import { sampleRate } from './timeline.ts';

/** The silences around speech, in seconds. */
export const pauses = {
  /** From the scene's start to its first word, at least. */
  beforeSpeech: 0.4,
  /** From the end of the transition to the first word, at least. */
  afterTransition: 0.2,
  betweenPassages: 0.3,
  afterSpeech: 0.6,
  /** How long a scene lasts in which nobody speaks and that names no duration. */
  silentScene: 3,
} as const;

export type SpeechOf = (sceneIndex: number, passageIndex: number) => MeasuredSpeech;

/**
 * Gives everything in the composition its time. Scenes start and end on frame borders; speech starts on samples.
 *
 * @param speech What speaking each passage measured; asked once for each passage.
 */
export function buildTimeline(composition: Composition, speech: SpeechOf): Timeline {
  const { width, height, fps } = composition.video;
  const spoken = composition.scenes.map((scene, sceneIndex) =>
    scene.narration.map((_, passageIndex) => speech(sceneIndex, passageIndex)),
  );
  const plans = planScenes(composition.scenes, spoken, fps);
  const pans = panDirections(composition.scenes);
  const scenes = composition.scenes.map((scene, index): TimelineScene => {
    const plan = plans[index] ?? emptyPlan;
    return timelineScene({ scene, index, plan, spoken: spoken[index] ?? [], composition, pan: pans[index] });
  });
  const frameCount = plans.reduce((sum, plan) => sum + plan.frameCount, 0);
  return {
    width,
    height,
    fps,
    frameCount,
    language: composition.language,
    theme: composition.theme,
    captionStyle: composition.captions.style,
    scenes,
    speech: plans.flatMap((plan, sceneIndex) => placeSpeech(plan, sceneIndex, sampleRate / fps)),
  };
}

interface ScenePlan {
  readonly startFrame: number;
  readonly frameCount: number;
  readonly transitionFrames: number;
  /** Where each passage starts, in samples from the start of the scene. */
  readonly passageSamples: readonly number[];
}

const emptyPlan: ScenePlan = { startFrame: 0, frameCount: 0, transitionFrames: 0, passageSamples: [] };

function planScenes(scenes: readonly Scene[], spoken: readonly MeasuredSpeech[][], fps: number): ScenePlan[] {
  const shortest = scenes.map((scene, index) => shortestFrames(scene, spoken[index] ?? [], fps));
  let startFrame = 0;
  return scenes.map((scene, index) => {
    const own = shortest[index] ?? 0;
    const previous = shortest[index - 1] ?? 0;
    const transitionFrames = transitionLength(scene, { fps, ownFrames: own, previousFrames: previous });
    const passageSamples = placePassages(spoken[index] ?? [], leadSamples(transitionFrames, fps));
    const spokenFrames = framesToHold(spoken[index] ?? [], passageSamples, fps);
    const plan = { startFrame, frameCount: Math.max(own, spokenFrames), transitionFrames, passageSamples };
    startFrame += plan.frameCount;
    return plan;
  });
}

/** The scene's length if it came in by a cut: the same whatever is before it, so that a change stays local. */
function shortestFrames(scene: Scene, spoken: readonly MeasuredSpeech[], fps: number): number {
  const silent = spoken.length === 0 ? pauses.silentScene : 0;
  const asked = wholeFrames(scene.durationSeconds ?? silent, fps);
  return Math.max(1, asked, framesToHold(spoken, placePassages(spoken, leadSamples(0, fps)), fps));
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
  const afterTransition = (transitionFrames * sampleRate) / fps + pauses.afterTransition * sampleRate;
  return Math.round(Math.max(pauses.beforeSpeech * sampleRate, afterTransition));
}

function placePassages(spoken: readonly MeasuredSpeech[], leadSampleCount: number): number[] {
  const breath = pauses.betweenPassages * sampleRate;
  let next = leadSampleCount;
  return spoken.map((passage) => {
    const start = next;
    next = start + Math.ceil(passage.durationSeconds * sampleRate) + breath;
    return start;
  });
}

function framesToHold(spoken: readonly MeasuredSpeech[], starts: readonly number[], fps: number): number {
  const last = spoken.at(-1);
  const start = starts.at(-1);
  if (last === undefined || start === undefined) return 0;
  return wholeFrames(start / sampleRate + last.durationSeconds + pauses.afterSpeech, fps);
}

function wholeFrames(seconds: number, fps: number): number {
  // 0.1 * 30 is 3.0000000000000004: a frame must not be added for that.
  return Math.ceil(seconds * fps - 1e-6);
}

function timelineScene(from: {
  readonly scene: Scene;
  readonly index: number;
  readonly plan: ScenePlan;
  readonly spoken: readonly MeasuredSpeech[];
  readonly composition: Composition;
  readonly pan: number | undefined;
}): TimelineScene {
  const { scene, plan, index } = from;
  const { fps } = from.composition.video;
  return {
    index,
    id: scene.id,
    layout: scene.layout,
    ...(scene.heading === undefined ? {} : { heading: scene.heading }),
    points: scene.points.map((text, point) => ({
      text,
      revealSeconds: revealSeconds(scene, point, plan, fps),
    })),
    ...(scene.picture === undefined ? {} : { picture: scene.picture }),
    ...(scene.background === undefined ? {} : { background: scene.background }),
    ...(from.pan === undefined ? {} : { panDirection: from.pan }),
    startFrame: plan.startFrame,
    frameCount: plan.frameCount,
    transition: { kind: plan.transitionFrames > 0 ? 'fade' : 'cut', frameCount: plan.transitionFrames },
    cues: sceneCues(from),
  };
}

/** A point appears when its passage begins; one that no passage names comes in with the heading. */
function revealSeconds(scene: Scene, point: number, plan: ScenePlan, fps: number): number {
  const passageIndex = scene.narration.findIndex((passage) => passage.point === point);
  const sample = plan.passageSamples[passageIndex];
  return sample === undefined ? plan.transitionFrames / 2 / fps : sample / sampleRate;
}

function sceneCues(from: {
  readonly scene: Scene;
  readonly plan: ScenePlan;
  readonly spoken: readonly MeasuredSpeech[];
  readonly composition: Composition;
}): TimelineScene['cues'] {
  const { language, video } = from.composition;
  const widthBudget = captionBudget(video);
  const cues = from.scene.narration.flatMap((passage, index) => {
    const offsetSeconds = (from.plan.passageSamples[index] ?? 0) / sampleRate;
    const words = from.spoken[index]?.words ?? [];
    return buildCues({ text: passage.text, words }, { language, widthBudget, offsetSeconds });
  });
  return closeGaps(cues, from.plan.frameCount / video.fps);
}

function placeSpeech(plan: ScenePlan, sceneIndex: number, samplesPerFrame: number): PlacedSpeech[] {
  const sceneSample = plan.startFrame * samplesPerFrame;
  return plan.passageSamples.map((sample, passageIndex) => ({
    sceneIndex,
    passageIndex,
    startSample: sceneSample + sample,
  }));
}
