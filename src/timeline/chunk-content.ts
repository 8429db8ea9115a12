import type {
  Background,
  Brand,
  Captions,
  Chart,
  Quote,
  Table,
  TextMotion,
  ThemeName,
} from '../protocol/index.ts';
import { type Appearance, entrance, motionFrameCount, pointAppearance } from './scene-motion.ts';
import type {
  Cue,
  Timeline,
  TimelineClip,
  TimelineCode,
  TimelinePicture,
  TimelineScene,
  TimelineTransition,
} from './timeline.ts';

/** What is seen in a chunk. Times are in seconds from the start of their scene: where it lies in the video is no part. */
export interface ChunkContent {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly theme: ThemeName;
  readonly brand: Brand | null;
  readonly language: string;
  readonly captions: Captions;
  readonly frameCount: number;
  readonly scene: SceneContent;
  /** During a transition: its kind, and the scene before. */
  readonly transition: (TimelineTransition & { readonly beneath: SceneContent }) | null;
}

export interface SceneContent {
  readonly layout: TimelineScene['layout'];
  /** First frame shown, from the start of the scene; null when nothing moves any more, so that it does not matter. */
  readonly fromFrame: number | null;
  readonly heading: string | null;
  readonly headingAppears: ShownAppearance;
  readonly textMotion: TextMotion;
  readonly points: readonly { readonly text: string; readonly appears: ShownAppearance }[];
  readonly picture: ShownPicture | null;
  /** With its place in the scene, for it may be shown longer than it plays. */
  readonly clip: Omit<TimelineClip, 'alt' | 'gainDb' | 'muted'> | null;
  readonly pictures: readonly ShownPicture[];
  readonly quote: Quote | null;
  /** Code that nobody points at is gone through while its scene lasts. */
  readonly code: (TimelineCode & { readonly frameCount: number }) | null;
  readonly table: Table | null;
  readonly chart: Chart | null;
  readonly background: Background | null;
  /** Captions have their place kept free even while none is shown. */
  readonly hasCaptions: boolean;
  readonly cues: readonly Cue[];
}

/** A picture without its description, which nobody sees, and how it moves. */
type ShownPicture = Omit<TimelinePicture, 'alt'> & {
  readonly move: { readonly direction: number; readonly frameCount: number } | null;
};

/** In seconds from the start of the scene; or that all of it is before or after these frames. */
type ShownAppearance = Appearance | 'before' | 'after';

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
    brand: timeline.brand ?? null,
    language: timeline.language,
    captions: timeline.captions,
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
  return { ...scene.transition, beneath: sceneContent(timeline, beneath) };
}

function sceneContent(timeline: Timeline, frames: SceneFrames): SceneContent {
  const { scene, fromFrame } = frames;
  const from = fromFrame / timeline.fps;
  const until = (fromFrame + frames.frameCount) / timeline.fps;
  const cues = timeline.captions.style === 'none' ? [] : scene.cues;
  const shown = (appearance: Appearance): ShownAppearance => appearanceWithin(appearance, from, until);
  const picture = (each: TimelinePicture): ShownPicture => shownPicture(timeline, scene, each);
  const content = {
    layout: scene.layout,
    heading: scene.heading ?? null,
    headingAppears: appearanceWithin(
      entrance(scene, timeline.fps),
      from - settlingSeconds[scene.layout],
      until,
    ),
    textMotion: scene.textMotion,
    points: scene.points.map((point) => ({
      text: point.text,
      appears: shown(pointAppearance(scene, point)),
    })),
    picture: scene.picture ? picture(scene.picture) : null,
    clip: scene.clip ? shownClip(scene.clip) : null,
    pictures: scene.pictures.map(picture),
    quote: scene.quote ?? null,
    code: scene.code ? { ...scene.code, frameCount: scene.frameCount } : null,
    table: scene.table ?? null,
    chart: scene.chart ?? null,
    background: scene.background ?? null,
    hasCaptions: cues.length > 0,
    cues: cues.filter((cue) => cue.startSeconds < until && cue.endSeconds > from),
  };
  return { ...content, fromFrame: moves(content) ? fromFrame : null };
}

/** How long after the heading other things still come in or move, at most: rows, pictures, bars, a name. */
const settlingSeconds = {
  ...{ title: 0, content: 0, picture: 0, 'picture-left': 0, 'picture-right': 0, end: 0 },
  ...{ split: 3, grid: 3, quote: 3, number: 3, code: 3, table: 3, chart: 3, 'lower-third': 3 },
} satisfies Record<TimelineScene['layout'], number>;

/** Whether it matters which frames of the scene these are. What has motion of its own is taken to be moving always. */
function moves(content: Omit<SceneContent, 'fromFrame'>): boolean {
  const { headingAppears, points, picture, pictures, clip, code, quote, table, chart, layout } = content;
  return (
    typeof headingAppears === 'object' ||
    points.some(({ appears }) => typeof appears === 'object') ||
    content.cues.length > 0 ||
    [picture, ...pictures].some((shown) => (shown?.move ?? null) !== null) ||
    pictures.some(({ loopSeconds }) => loopSeconds !== undefined) ||
    [clip, code, quote, table, chart].some((part) => part !== null) ||
    layout === 'number'
  );
}

function appearanceWithin(appearance: Appearance, from: number, until: number): ShownAppearance {
  if (appearance.endSeconds <= from) return 'before';
  return appearance.startSeconds >= until ? 'after' : appearance;
}

function shownPicture(timeline: Timeline, scene: TimelineScene, picture: TimelinePicture): ShownPicture {
  const { alt: _, ...rest } = picture;
  const direction = scene.panDirection ?? 0;
  const move =
    picture.motion === 'none' ? null : { direction, frameCount: motionFrameCount(timeline, scene) };
  return { ...rest, move };
}

function shownClip({ alt: _, gainDb: __, muted: ___, ...clip }: TimelineClip): SceneContent['clip'] {
  return clip;
}
