import type { Composition, Picture, Scene } from '../protocol/index.ts';
import { buildCues } from './build-cues.ts';
import { captionBudget } from './caption-budget.ts';
import { panDirection } from './pan-direction.ts';
import { placeClipSound, placeSpeech, placeVoiceOver } from './place-sounds.ts';
import { type MeasuredScene, planScenes, type ScenePlan } from './plan-scenes.ts';
import { closeGaps } from './scene-cues.ts';
import type {
  CodeLine,
  MeasuredSpeech,
  MeasuredVoiceOver,
  Timeline,
  TimelineClip,
  TimelineCode,
  TimelinePicture,
  TimelineScene,
} from './timeline.ts';
import { sampleRate } from './timeline.ts';

export type SpeechOf = (sceneIndex: number, passageIndex: number) => MeasuredSpeech;

/** What is known of a composition's files. Each is asked once for each scene that has such a part. */
export interface MeasuredFiles {
  /** How long the whole file of the scene's clip is, in seconds. */
  readonly clipSeconds?: (sceneIndex: number) => number;
  /** How long one round of an animated picture is, by its source; undefined for one that stands still. */
  readonly loopSeconds?: (source: string) => number | undefined;
  readonly voiceOver?: (sceneIndex: number) => MeasuredVoiceOver;
  /** The scene's source code, coloured. Plain when absent. */
  readonly codeLines?: (sceneIndex: number) => readonly CodeLine[];
}

/**
 * Gives everything in the composition its time. Scenes start and end on frame borders; speech starts on samples.
 *
 * @param speech What speaking each passage measured; asked once for each passage of a scene without a recorded voice.
 */
export function buildTimeline(
  composition: Composition,
  speech: SpeechOf,
  files: MeasuredFiles = {},
): Timeline {
  const { width, height, fps } = composition.video;
  const measured = composition.scenes.map((scene, index) => measure(scene, index, { speech, files }));
  const plans = planScenes(measured, fps);
  const scenes = measured.map((scene, index): TimelineScene => {
    const codeLines = scene.scene.code && (files.codeLines?.(index) ?? plainLines(scene.scene.code.text));
    const plan = plans[index] ?? emptyPlan;
    const pictures = scene.scene.pictures.map((picture) =>
      playing(picture, files.loopSeconds?.(picture.source)),
    );
    return timelineScene({
      measured: scene,
      index,
      plan,
      codeLines,
      pictures,
      composition,
      pan: panDirection(scene.scene),
    });
  });
  const { language, theme, brand, captions } = composition;
  return {
    ...{ width, height, fps, language, theme, captions, scenes },
    ...(brand === undefined ? {} : { brand }),
    frameCount: plans.reduce((sum, plan) => sum + plan.frameCount, 0),
    speech: plans.flatMap((plan, index) => placeSpeech(plan, index, { fps, measured })),
    voiceOvers: plans.flatMap((plan, index) => placeVoiceOver(plan, index, { fps, measured })),
    clipSounds: plans.flatMap((plan, index) => placeClipSound(plan, scenes[index], { fps, plans })),
  };
}

const emptyPlan: ScenePlan = {
  startFrame: 0,
  frameCount: 0,
  transitionFrames: 0,
  passageSamples: [],
  voiceOverSample: 0,
};

function measure(
  scene: Scene,
  index: number,
  { speech, files }: { readonly speech: SpeechOf; readonly files: MeasuredFiles },
): MeasuredScene & { readonly clip: TimelineClip | undefined } {
  const voiceOver = scene.voiceOver && files.voiceOver?.(index);
  const spoken = voiceOver ? [] : scene.narration.map((_, passage) => speech(index, passage));
  const clip = scene.clip && wholeClip(scene.clip, files.clipSeconds?.(index));
  const clipSeconds = clip && (clip.endSeconds - clip.startSeconds) / clip.speed;
  return { scene, spoken, voiceOver, clip, clipSeconds };
}

/** A clip that begins past the end of its file shows its last picture. */
function wholeClip(clip: NonNullable<Scene['clip']>, fileSeconds = Number.POSITIVE_INFINITY): TimelineClip {
  const endSeconds = Math.min(clip.endSeconds ?? fileSeconds, fileSeconds);
  return {
    ...clip,
    startSeconds: Math.min(clip.startSeconds, endSeconds),
    endSeconds: Number.isFinite(endSeconds) ? endSeconds : clip.startSeconds,
  };
}

/** What plays moves by itself, as a clip does. */
function playing(picture: Picture, loopSeconds: number | undefined): TimelinePicture {
  return loopSeconds === undefined ? picture : { ...picture, motion: 'none', loopSeconds };
}

function plainLines(text: string): CodeLine[] {
  return text.split('\n').map((line) => [{ text: line, kind: 'plain' }]);
}

interface SceneParts {
  readonly measured: MeasuredScene & { readonly clip: TimelineClip | undefined };
  readonly index: number;
  readonly plan: ScenePlan;
  readonly codeLines: readonly CodeLine[] | undefined;
  readonly pictures: readonly TimelinePicture[];
  readonly composition: Composition;
  readonly pan: number | undefined;
}

function timelineScene(from: SceneParts): TimelineScene {
  const { plan, index, pictures } = from;
  const { scene, clip } = from.measured;
  const { fps } = from.composition.video;
  const { id, layout, heading, picture, quote, table, chart, background, textMotion } = scene;
  const { durationSeconds: _, ...transition } = scene.transition;
  const points = scene.points.map((text, point) => {
    return { text, revealSeconds: revealSeconds(scene, point, plan, fps) };
  });
  return {
    ...{ index, id, layout, points, pictures, textMotion },
    ...(heading === undefined ? {} : { heading }),
    ...(picture === undefined ? {} : { picture }),
    ...(clip === undefined ? {} : { clip }),
    ...(quote === undefined ? {} : { quote }),
    ...(from.codeLines === undefined ? {} : { code: timelineCode(scene, from.codeLines, plan) }),
    ...(table === undefined ? {} : { table }),
    ...(chart === undefined ? {} : { chart }),
    ...(background === undefined ? {} : { background }),
    ...(from.pan === undefined ? {} : { panDirection: from.pan }),
    startFrame: plan.startFrame,
    frameCount: plan.frameCount,
    transition: {
      ...transition,
      kind: plan.transitionFrames > 0 ? transition.kind : 'cut',
      frameCount: plan.transitionFrames,
    },
    cues: sceneCues(from),
  };
}

/** Lines are lit from the moment their passage begins until the next one does; that of no lines lights all. */
function timelineCode(scene: Scene, lines: readonly CodeLine[], plan: ScenePlan): TimelineCode {
  const all = { from: 1, to: lines.length };
  const focus = scene.narration.flatMap((passage, index) => {
    const startSeconds = (plan.passageSamples[index] ?? 0) / sampleRate;
    const isLitBefore = scene.narration[index - 1]?.lines !== undefined;
    if (passage.lines === undefined && !isLitBefore) return [];
    return [{ ...(passage.lines ?? all), startSeconds }];
  });
  return { lines, focus };
}

/** A point appears when its passage begins; one that no passage names comes in with the heading. */
function revealSeconds(scene: Scene, point: number, plan: ScenePlan, fps: number): number {
  const passageIndex = scene.narration.findIndex((passage) => passage.point === point);
  const sample = plan.passageSamples[passageIndex];
  return sample === undefined ? plan.transitionFrames / 2 / fps : sample / sampleRate;
}

function sceneCues({ measured, plan, composition }: SceneParts): TimelineScene['cues'] {
  const { language, video } = composition;
  const widthBudget = captionBudget(video, composition.captions.size);
  const { scene, spoken, voiceOver } = measured;
  const cues = scene.narration.flatMap((passage, index) => {
    const offsetSeconds = (plan.passageSamples[index] ?? 0) / sampleRate;
    const words = (voiceOver?.passages ?? spoken)[index]?.words ?? [];
    return buildCues({ text: passage.text, words }, { language, widthBudget, offsetSeconds });
  });
  return closeGaps(cues, plan.frameCount / video.fps);
}
