import type { Background, ThemeName } from '../protocol/index.ts';
import { type Appearance, entrance, motionFrameCount, pointAppearance } from './scene-motion.ts';
import type { Cue, Timeline, TimelineScene } from './timeline.ts';

// Types, not interfaces: only those are seen to be plain JSON.

/** What is seen in a chunk. Times are in seconds from the start of their scene: where it lies in the video is no part. */
export type ChunkContent = {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly theme: ThemeName;
  readonly language: string;
  readonly captionStyle: Timeline['captionStyle'];
  readonly frameCount: number;
  readonly scene: SceneContent;
  /** During a transition: the scene before, and how long the transition is. */
  readonly transition: { readonly frameCount: number; readonly beneath: SceneContent } | null;
};

export type SceneContent = {
  readonly layout: TimelineScene['layout'];
  /** First frame shown, from the start of the scene; null when nothing moves any more, so that it does not matter. */
  readonly fromFrame: number | null;
  readonly heading: string | null;
  readonly headingAppears: PlainAppearance;
  readonly points: readonly { readonly text: string; readonly appears: PlainAppearance }[];
  readonly picture: {
    readonly source: string;
    readonly motion: { readonly direction: number; readonly frameCount: number } | null;
  } | null;
  readonly background: PlainBackground | null;
  /** Captions have their place kept free even while none is shown. */
  readonly hasCaptions: boolean;
  readonly cues: readonly PlainCue[];
};

/** In seconds from the start of the scene; or that all of it is before or after these frames. */
type PlainAppearance = { readonly startSeconds: number; readonly endSeconds: number } | 'before' | 'after';

type PlainBackground =
  | { readonly kind: 'color'; readonly color: string }
  | { readonly kind: 'gradient'; readonly colors: readonly string[]; readonly angleDegrees: number };

type PlainCue = {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly words: readonly {
    readonly textStart: number;
    readonly textEnd: number;
    readonly startSeconds: number;
    readonly endSeconds: number;
  }[];
};

interface SceneFrames {
  readonly scene: TimelineScene;
  /** From the start of the scene; past its end while the next one fades in over it. */
  readonly fromFrame: number;
  readonly frameCount: number;
}

/** Describes the frames of one scene, always with the same keys in the same order. */
export function chunkContent(timeline: Timeline, frames: SceneFrames): ChunkContent {
  return {
    width: timeline.width,
    height: timeline.height,
    fps: timeline.fps,
    theme: timeline.theme,
    language: timeline.language,
    captionStyle: timeline.captionStyle,
    frameCount: frames.frameCount,
    scene: sceneContent(timeline, frames),
    transition: transitionContent(timeline, frames),
  };
}

function transitionContent(
  timeline: Timeline,
  { scene, fromFrame }: SceneFrames,
): ChunkContent['transition'] {
  const previous = timeline.scenes[scene.index - 1];
  const { frameCount } = scene.transition;
  if (previous === undefined || fromFrame >= frameCount) return null;
  const beneath = {
    scene: previous,
    fromFrame: previous.frameCount + fromFrame,
    frameCount: frameCount - fromFrame,
  };
  return { frameCount, beneath: sceneContent(timeline, beneath) };
}

function sceneContent(timeline: Timeline, frames: SceneFrames): SceneContent {
  const { scene, fromFrame } = frames;
  const from = fromFrame / timeline.fps;
  const until = (fromFrame + frames.frameCount) / timeline.fps;
  const cues = timeline.captionStyle === 'none' ? [] : scene.cues;
  const shownCues = cues.filter((cue) => cue.startSeconds < until && cue.endSeconds > from).map(plainCue);
  const shown = (appearance: Appearance): PlainAppearance => appearanceWithin(appearance, from, until);
  const headingAppears = shown(entrance(scene, timeline.fps));
  const points = scene.points.map((point) => ({
    text: point.text,
    appears: shown(pointAppearance(scene, point)),
  }));
  const picture = pictureContent(timeline, scene);
  const moves =
    typeof headingAppears === 'object' ||
    shownCues.length > 0 ||
    (picture?.motion ?? null) !== null ||
    points.some(({ appears }) => typeof appears === 'object');
  return {
    layout: scene.layout,
    fromFrame: moves ? fromFrame : null,
    heading: scene.heading ?? null,
    headingAppears,
    points,
    picture,
    background: scene.background === undefined ? null : plainBackground(scene.background),
    hasCaptions: cues.length > 0,
    cues: shownCues,
  };
}

function appearanceWithin(
  { startSeconds, endSeconds }: Appearance,
  from: number,
  until: number,
): PlainAppearance {
  if (endSeconds <= from) return 'before';
  return startSeconds >= until ? 'after' : { startSeconds, endSeconds };
}

function pictureContent(timeline: Timeline, scene: TimelineScene): SceneContent['picture'] {
  const { picture, panDirection = 0 } = scene;
  if (picture === undefined) return null;
  const moves = picture.motion === 'ken-burns';
  const motion = moves ? { direction: panDirection, frameCount: motionFrameCount(timeline, scene) } : null;
  return { source: picture.source, motion };
}

function plainBackground(background: Background): PlainBackground {
  if (background.kind === 'color') return { kind: background.kind, color: background.color };
  const { kind, colors, angleDegrees } = background;
  return { kind, colors, angleDegrees };
}

function plainCue(cue: Cue): PlainCue {
  const words = cue.words.map(({ textStart, textEnd, startSeconds, endSeconds }) => ({
    textStart,
    textEnd,
    startSeconds,
    endSeconds,
  }));
  return { text: cue.text, startSeconds: cue.startSeconds, endSeconds: cue.endSeconds, words };
}
