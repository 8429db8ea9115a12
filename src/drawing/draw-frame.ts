import { AuraError } from '../protocol/index.ts';
import {
  entrance,
  motionFrameCount,
  pointAppearance,
  type Timeline,
  type TimelineScene,
} from '../timeline/index.ts';
import { drawCaption } from './draw-caption.ts';
import {
  type DrawablePicture,
  type DrawingContext,
  type DrawingSurface,
  drawPicture,
  type PlacedLayer,
} from './drawing-context.ts';
import { clamp01, easeInOut, easeOut, progressBetween } from './easing.ts';
import { cover, kenBurns } from './ken-burns.ts';
import { type PreparedTimeline, preparedTimeline, showsCaptions } from './prepared-timeline.ts';

export interface FrameRequest {
  readonly timeline: Timeline;
  /** 0 to `timeline.frameCount - 1`. */
  readonly frameIndex: number;
  /** By `picture.source`, upright, decoded; see `preparePicture` for the size that is drawn fastest. */
  readonly pictures: ReadonlyMap<string, DrawablePicture>;
}

/**
 * Paints one whole frame: a pure function of its arguments. The canvas must be `timeline.width` x `timeline.height`
 * pixels, and the fonts of `fontFacesFor` registered before.
 *
 * @throws {AuraError} picture_missing when a scene's picture is not in `pictures`.
 * @throws {RangeError} when there is no such frame.
 */
export function drawFrame(surface: DrawingSurface, { timeline, frameIndex, pictures }: FrameRequest): void {
  const scene = timeline.scenes.findLast(({ startFrame }) => startFrame <= frameIndex);
  if (scene === undefined || frameIndex >= timeline.frameCount) {
    throw new RangeError(`There is no frame ${frameIndex} in a video of ${timeline.frameCount}.`);
  }
  const prepared = preparedTimeline(surface, timeline);
  const { context } = surface;
  const frame = frameIndex - scene.startFrame;
  context.save();
  context.globalAlpha = 1;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'low';
  const previous = timeline.scenes[scene.index - 1];
  if (previous !== undefined && frame < scene.transition.frameCount) {
    drawTransition(context, { prepared, pictures, scene, previous, frame });
  } else {
    drawGround(context, { prepared, pictures, scene, frame });
  }
  drawWords(context, { prepared, scene, frame, opacity: 1 });
  drawCaptionAt(context, { prepared, scene, frame });
  context.restore();
}

interface SceneMoment {
  readonly prepared: PreparedTimeline;
  readonly pictures: ReadonlyMap<string, DrawablePicture>;
  readonly scene: TimelineScene;
  /** From the start of the scene. */
  readonly frame: number;
}

/** The scene before goes on moving underneath; its words leave in the first half, so that two headings never mix. */
function drawTransition(
  context: DrawingContext,
  moment: SceneMoment & { readonly previous: TimelineScene },
): void {
  const { previous, prepared, pictures, frame, scene } = moment;
  const progress = (frame + 1) / (scene.transition.frameCount + 1);
  const before = { prepared, pictures, scene: previous, frame: previous.frameCount + frame };
  drawGround(context, before);
  drawWords(context, { ...before, opacity: clamp01(1 - 2 * progress) });
  const { layer, context: over } = prepared.spare();
  drawGround(over, moment);
  context.globalAlpha = easeInOut(progress);
  drawPicture(context, layer, { x: 0, y: 0 });
  context.globalAlpha = 1;
}

/** Everything behind the words. */
function drawGround(context: DrawingContext, { prepared, pictures, scene, frame }: SceneMoment): void {
  drawPicture(context, prepared.backdrop(scene), { x: 0, y: 0 });
  if (scene.picture === undefined) return;
  const picture = pictures.get(scene.picture.source);
  if (picture === undefined) throw pictureMissing(scene.picture.source, scene);
  drawPicture(context, picture, placePicture(picture, { prepared, scene, frame }));
}

function placePicture(
  picture: DrawablePicture,
  { prepared, scene, frame }: Omit<SceneMoment, 'pictures'>,
): ReturnType<typeof cover> {
  const { timeline } = prepared;
  if (scene.picture?.motion !== 'ken-burns') return cover(picture, timeline);
  const frames = motionFrameCount(timeline, scene);
  return kenBurns(picture, timeline, {
    direction: scene.panDirection ?? 0,
    progress: frame / frames,
    seconds: frames / timeline.fps,
  });
}

function pictureMissing(source: string, scene: TimelineScene): AuraError {
  return new AuraError(
    'picture_missing',
    `The picture "${source}" of scene ${scene.index + 1} was not loaded.`,
  );
}

/** The heading and the points, each rising a little as it appears, over a shade that comes and goes with them. */
function drawWords(
  context: DrawingContext,
  moment: Omit<SceneMoment, 'pictures'> & { readonly opacity: number },
): void {
  const { prepared, scene, opacity } = moment;
  const at = moment.frame / prepared.timeline.fps;
  const { scrim, heading, points } = prepared.scene(scene);
  const entering = entrance(scene, prepared.timeline.fps);
  const entered = progressBetween(at, entering.startSeconds, entering.endSeconds);
  drawRising(context, scrim, { shown: entered, opacity, rise: 0 });
  drawRising(context, heading, { shown: entered, opacity, rise: 30 * prepared.metrics.unit });
  for (const [index, point] of scene.points.entries()) {
    const { startSeconds, endSeconds } = pointAppearance(scene, point);
    const shown = progressBetween(at, startSeconds, endSeconds);
    drawRising(context, points[index], { shown, opacity, rise: 22 * prepared.metrics.unit });
  }
}

function drawRising(
  context: DrawingContext,
  placed: PlacedLayer | undefined,
  state: { readonly shown: number; readonly opacity: number; readonly rise: number },
): void {
  const eased = easeOut(state.shown);
  const alpha = eased * state.opacity;
  if (placed === undefined || alpha <= 0) return;
  context.globalAlpha = alpha;
  const { layer, x, y } = placed;
  drawPicture(context, layer, { x, y: y + (1 - eased) * state.rise });
  context.globalAlpha = 1;
}

function drawCaptionAt(
  context: DrawingContext,
  { prepared, scene, frame }: Omit<SceneMoment, 'pictures'>,
): void {
  if (!showsCaptions(prepared.timeline, scene)) return;
  const atSeconds = frame / prepared.timeline.fps;
  const cue = scene.cues.find(
    ({ startSeconds, endSeconds }) => startSeconds <= atSeconds && atSeconds < endSeconds,
  );
  if (cue === undefined) return;
  drawCaption(context, prepared.caption(scene, cue), { cue, theme: prepared.theme, atSeconds });
}
