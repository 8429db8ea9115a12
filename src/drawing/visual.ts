import type { Fit, Focus, Picture, PictureMotion } from '../protocol/index.ts';
import type { TimelineClip, TimelineScene } from '../timeline/index.ts';
import type { Box } from './box.ts';
import { type DrawablePicture, type DrawingContext, drawPicture } from './drawing-context.ts';
import { placePicture } from './ken-burns.ts';

/** A picture or a clip and the place it has on the canvas. */
export interface PlacedVisual {
  /** In `FrameRequest.pictures`: the picture's source, or `clipKey` of the scene. */
  readonly key: string;
  /** A clip's picture is another one in every frame. */
  readonly plays: boolean;
  /** Whole pixels; the whole canvas for a picture that is the ground of everything. */
  readonly box: Box;
  /** Of the rounded corners, in pixels. */
  readonly radius: number;
  readonly fit: Fit;
  readonly focus: Focus | undefined;
  readonly motion: PictureMotion;
  /** Which way Ken Burns goes, 0 to 3. */
  readonly panDirection: number;
}

/** What the current picture of a scene's clip is called in `FrameRequest.pictures`. */
export function clipKey({ id }: Pick<TimelineScene, 'id'>): string {
  return `clip:${id}`;
}

/** Where a visual goes. */
export type VisualPlace = Pick<PlacedVisual, 'box' | 'radius'>;

export function pictureVisual(
  { source, fit, focus, motion }: Picture,
  { box, radius, panDirection }: VisualPlace & { readonly panDirection: number },
): PlacedVisual {
  return { key: source, plays: false, box, radius, fit, focus, motion, panDirection };
}

/** A clip moves by itself. */
export function clipVisual(
  scene: Pick<TimelineScene, 'id'>,
  { fit, focus }: Pick<TimelineClip, 'fit' | 'focus'>,
  { box, radius }: VisualPlace,
): PlacedVisual {
  return { key: clipKey(scene), plays: true, box, radius, fit, focus, motion: 'none', panDirection: 0 };
}

/** Draws the picture into its box, cut off at its edges. */
export function drawVisual(
  context: DrawingContext,
  picture: DrawablePicture,
  shown: {
    readonly visual: PlacedVisual;
    /** 0 to 1 over the time the picture can be seen. */
    readonly progress: number;
    /** How long that is. */
    readonly seconds: number;
    /** What `blur` fills the rest of the box with: a blurred copy of the picture. */
    readonly blurred?: DrawablePicture | undefined;
  },
): void {
  const { visual, progress, seconds, blurred } = shown;
  const { box, fit, focus, motion, panDirection: direction } = visual;
  const covers = fit === 'cover';
  const place = placePicture({ picture, box, covers, focus }, { motion, direction, progress, seconds });
  context.save();
  clipToBox(context, visual);
  if (blurred !== undefined) drawPicture(context, blurred, box);
  drawPicture(context, picture, { ...place, x: box.x + place.x, y: box.y + place.y });
  context.restore();
}

function clipToBox(context: DrawingContext, { box, radius }: PlacedVisual): void {
  context.beginPath();
  if (radius > 0) context.roundRect(box.x, box.y, box.width, box.height, radius);
  else context.rect(box.x, box.y, box.width, box.height);
  context.clip();
}
