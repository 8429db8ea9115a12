import type { Cue, Timeline, TimelineScene } from '../timeline/index.ts';
import { paintBackdrop } from './backdrop.ts';
import { type CanvasMetrics, canvasMetrics } from './canvas-metrics.ts';
import { layOutCaption } from './caption-layout.ts';
import { captionStyles, type PreparedCaption, wordGaps } from './draw-caption.ts';
import { type DrawingSurface, type Layer, type OpenLayer, openLayer } from './drawing-context.ts';
import { type Faces, facesOf } from './faces.ts';
import { type PreparedScene, prepareScene } from './prepared-scene.ts';
import { type PreparedVisuals, prepareVisuals } from './prepared-visuals.ts';
import { recent } from './recent.ts';
import { shownCues } from './shown-cues.ts';
import { themeOf } from './theme-of.ts';
import type { Theme } from './themes/index.ts';

/**
 * What is drawn once and used for many frames. It follows from the timeline alone, so that keeping it or not changes
 * no pixel; only the last few scenes and captions are kept.
 */
export interface PreparedTimeline {
  readonly timeline: Timeline;
  readonly metrics: CanvasMetrics;
  readonly theme: Theme;
  readonly backdrop: (scene: TimelineScene) => Layer;
  readonly scene: (scene: TimelineScene) => PreparedScene;
  /** The captions that are drawn in a scene. */
  readonly cues: (scene: TimelineScene) => readonly Cue[];
  readonly caption: (scene: TimelineScene, cue: Cue) => PreparedCaption;
  readonly visuals: PreparedVisuals;
  /** A canvas as large as the frame, for whoever needs one. */
  readonly spare: () => OpenLayer;
  /** Until somebody needs one again: it has as many pixels as two frames. */
  readonly freeSpare: () => void;
}

const known = new WeakMap<Timeline, PreparedTimeline>();

export function preparedTimeline(surface: DrawingSurface, timeline: Timeline): PreparedTimeline {
  const prepared = known.get(timeline) ?? prepare(surface, timeline);
  known.set(timeline, prepared);
  return prepared;
}

function prepare({ createLayer }: DrawingSurface, timeline: Timeline): PreparedTimeline {
  const ruler = openLayer({ createLayer }, { width: 1, height: 1 });
  const surface: DrawingSurface = { context: ruler.context, createLayer };
  const theme = themeOf(timeline);
  const look: Look = {
    timeline,
    metrics: canvasMetrics(timeline),
    theme,
    faces: facesOf(timeline.language, theme.fonts),
  };
  const backdrops = new Map<string, Layer>();
  const cues = new Map<TimelineScene, readonly Cue[]>();
  const cuesOf = (scene: TimelineScene): readonly Cue[] =>
    recent(cues, scene, { limit: 3, make: () => shownCues(timeline, scene) });
  const scenes = new Map<TimelineScene, PreparedScene>();
  const captions = new Map<Cue, PreparedCaption>();
  let spare: OpenLayer | undefined;
  const sceneOf = (scene: TimelineScene): PreparedScene => {
    const make = () => prepareScene(surface, { ...look, scene, hasCaptions: cuesOf(scene).length > 0 });
    return recent(scenes, scene, { limit: 3, make });
  };
  return {
    ...look,
    backdrop: (scene) => {
      const make = () => makeBackdrop(surface, look, scene);
      return recent(backdrops, JSON.stringify(scene.background ?? null), { limit: 3, make });
    },
    scene: sceneOf,
    cues: cuesOf,
    caption: (scene, cue) => {
      const make = () => makeCaption(surface, look, { scene: sceneOf(scene), cue });
      return recent(captions, cue, { limit: 8, make });
    },
    visuals: prepareVisuals(surface),
    spare: () => {
      spare ??= openLayer(surface, timeline, { alpha: false });
      return spare;
    },
    freeSpare: () => {
      if (spare !== undefined) spare.layer.width = 0;
      spare = undefined;
    },
  };
}

interface Look {
  readonly timeline: Timeline;
  readonly metrics: CanvasMetrics;
  readonly theme: Theme;
  readonly faces: Faces;
}

function makeBackdrop(
  surface: DrawingSurface,
  { timeline, theme }: Look,
  { background }: TimelineScene,
): Layer {
  const { layer, context } = openLayer(surface, timeline, { alpha: false });
  paintBackdrop(context, timeline, { background, theme });
  return layer;
}

function makeCaption(
  surface: DrawingSurface,
  { timeline, metrics, theme, faces }: Look,
  { scene, cue }: { readonly scene: PreparedScene; readonly cue: Cue },
): PreparedCaption {
  const { weight } = theme.caption;
  const alone = scene.visuals.length === 0 && scene.parts.length === 0;
  const { style } = timeline.captions;
  const wordGap = wordGaps[style];
  const layout = layOutCaption(surface.context, { cue, metrics, face: faces.body, weight, wordGap, alone });
  return captionStyles[style](surface, { layout, cue, theme });
}
