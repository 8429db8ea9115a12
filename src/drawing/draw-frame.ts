import { AuraError } from '../protocol/index.ts';
import { type Appearance, motionFrameCount, type Timeline, type TimelineScene } from '../timeline/index.ts';
import {
  type DrawablePicture,
  type DrawingContext,
  type DrawingSurface,
  drawPicture,
} from './drawing-context.ts';
import { clamp01, easeOut, progressBetween } from './easing.ts';
import { drawLogo } from './logo.ts';
import { type PreparedTimeline, preparedTimeline } from './prepared-timeline.ts';
import { transitions } from './transitions/index.ts';
import { drawVisual, type PlacedVisual } from './visual.ts';

export interface FrameRequest {
  readonly timeline: Timeline;
  /** 0 to `timeline.frameCount - 1`. */
  readonly frameIndex: number;
  /**
   * Upright, decoded. Pictures by their source, see `preparePicture` for the size that is drawn fastest; of a clip the
   * picture of this frame, by `clipKey` of its scene.
   */
  readonly pictures: ReadonlyMap<string, DrawablePicture>;
}

/**
 * Paints one whole frame: a pure function of its arguments. The canvas must be `timeline.width` x `timeline.height`
 * pixels, and the fonts of `fontFacesFor` registered before.
 *
 * @throws {AuraError} picture_missing when a picture or a clip is not in `pictures`.
 * @throws {RangeError} when there is no such frame.
 */
export function drawFrame(surface: DrawingSurface, { timeline, frameIndex, pictures }: FrameRequest): void {
  const scene = timeline.scenes.findLast(({ startFrame }) => startFrame <= frameIndex);
  if (scene === undefined || frameIndex >= timeline.frameCount) {
    throw new RangeError(`There is no frame ${frameIndex} in a video of ${timeline.frameCount}.`);
  }
  const prepared = preparedTimeline(surface, timeline);
  const { context } = surface;
  const { isOpaque = () => false } = surface;
  const moment: SceneMoment = { prepared, pictures, isOpaque, scene, frame: frameIndex - scene.startFrame };
  context.save();
  context.globalAlpha = 1;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'low';
  const previous = timeline.scenes[scene.index - 1];
  if (previous !== undefined && moment.frame < scene.transition.frameCount) {
    drawTransition(surface, { ...moment, previous });
  } else {
    prepared.freeSpare();
    drawScene(context, moment, 1);
  }
  drawCaptionAt(context, moment);
  drawLogoOver(surface, moment);
  context.restore();
}

/** In a corner of every scene but the last card, which shows it large. */
function drawLogoOver(surface: DrawingSurface, { prepared, pictures, scene, frame }: SceneMoment): void {
  const { timeline } = prepared;
  const logo = timeline.brand?.logo;
  if (logo === undefined) return;
  const picture = pictures.get(logo.source);
  if (picture === undefined) throw new AuraError('picture_missing', 'The logo was not loaded.');
  const isLast = (at: TimelineScene | undefined): boolean => at?.layout === 'end';
  const previous = timeline.scenes[scene.index - 1] ?? scene;
  const entered = clamp01((frame + 1) / (scene.transition.frameCount + 1));
  const [before, now] = [Number(!isLast(previous)), Number(!isLast(scene))];
  drawLogo(surface, picture, { timeline, opacity: before + (now - before) * entered });
}

interface SceneMoment {
  readonly prepared: PreparedTimeline;
  readonly pictures: ReadonlyMap<string, DrawablePicture>;
  readonly isOpaque: (picture: object) => boolean;
  readonly scene: TimelineScene;
  /** From the start of the scene; past its end while the next one comes in. */
  readonly frame: number;
}

/** The scene before goes on moving; its words leave in the first half, the others come in the second: they never mix. */
function drawTransition(
  { context, repaintLayer }: DrawingSurface,
  moment: SceneMoment & { readonly previous: TimelineScene },
): void {
  const { previous, prepared, frame, scene } = moment;
  const { kind, frameCount, direction, color } = scene.transition;
  const progress = (frame + 1) / (frameCount + 1);
  const before = { ...moment, scene: previous, frame: previous.frameCount + frame };
  transitions[kind](context, {
    canvas: prepared.timeline,
    ...{ progress, direction, color },
    leaving: (on) => drawScene(on, before, clamp01(1 - 2 * progress)),
    entering: (on) => drawScene(on, moment, 1),
    aside: (paint) => {
      const spare = prepared.spare();
      if (repaintLayer === undefined) paint(spare.context);
      else repaintLayer(spare, paint);
      return spare.layer;
    },
  });
}

/** Fills the canvas with a scene. @param wordsOpacity 0 to 1. */
function drawScene(context: DrawingContext, moment: SceneMoment, wordsOpacity: number): void {
  drawGround(context, moment);
  drawWords(context, { ...moment, opacity: wordsOpacity });
}

/** Everything behind the words. */
function drawGround(context: DrawingContext, moment: SceneMoment): void {
  const { prepared, scene, frame, isOpaque } = moment;
  const { timeline, visuals } = prepared;
  const shown = shownVisuals(moment);
  const isHidden = shown.some(
    ({ visual, sized, opacity }) => opacity === 1 && isOpaque(sized) && coversCanvas(visual, timeline),
  );
  if (!isHidden) drawPicture(context, prepared.backdrop(scene), { x: 0, y: 0 });
  const frames = motionFrameCount(timeline, scene);
  for (const { visual, picture, sized, opacity } of shown) {
    context.globalAlpha = opacity;
    drawVisual(context, sized, {
      visual,
      progress: frame / frames,
      seconds: frames / timeline.fps,
      blurred: visuals.blurred(picture, visual),
    });
    context.globalAlpha = 1;
  }
}

interface ShownVisual {
  readonly visual: PlacedVisual;
  readonly picture: DrawablePicture;
  /** In a size near to the one it is drawn in. */
  readonly sized: DrawablePicture;
  readonly opacity: number;
}

function shownVisuals({ prepared, pictures, scene, frame }: SceneMoment): readonly ShownVisual[] {
  return prepared.scene(scene).visuals.flatMap((visual) => {
    const opacity = appearedAt(visual.appears, frame / prepared.timeline.fps);
    if (opacity <= 0) return [];
    const picture = pictures.get(visual.key);
    if (picture === undefined) throw pictureMissing(visual.key, scene);
    return [{ visual, picture, sized: prepared.visuals.sized(picture, visual), opacity }];
  });
}

function coversCanvas({ box, radius, fit }: PlacedVisual, { width, height }: Timeline): boolean {
  const isWhole = box.x === 0 && box.y === 0 && box.width === width && box.height === height;
  return isWhole && radius === 0 && fit === 'cover';
}

/** How much of something is there, 0 to 1, eased. */
function appearedAt(appears: Appearance | undefined, atSeconds: number): number {
  if (appears === undefined) return 1;
  return easeOut(progressBetween(atSeconds, appears.startSeconds, appears.endSeconds));
}

function pictureMissing(source: string, scene: TimelineScene): AuraError {
  return new AuraError(
    'picture_missing',
    `The picture "${source}" of scene ${scene.index + 1} was not loaded.`,
  );
}

/** What the layout puts over the pictures. */
function drawWords(
  context: DrawingContext,
  { prepared, scene, frame, opacity }: Omit<SceneMoment, 'pictures'> & { readonly opacity: number },
): void {
  prepared.scene(scene).drawWords(context, { atSeconds: frame / prepared.timeline.fps, opacity });
}

function drawCaptionAt(
  context: DrawingContext,
  { prepared, scene, frame }: Omit<SceneMoment, 'pictures'>,
): void {
  const atSeconds = frame / prepared.timeline.fps;
  const cue = prepared
    .cues(scene)
    .find(({ startSeconds, endSeconds }) => startSeconds <= atSeconds && atSeconds < endSeconds);
  if (cue === undefined) return;
  prepared.caption(scene, cue).draw(context, atSeconds);
}
