import type { Frame } from 'node-av/lib';
import { createClipCursor } from './clip-cursor.ts';
import { openClipFrames } from './clip-frames.ts';
import { fitWithin, isUpright, type Size, turnedSize, turnPixels } from './clip-geometry.ts';
import { createClipPainter, type PaintedPicture, type PlaneBytes } from './clip-painter.ts';
import type { ClipSource } from './clip-source.ts';
import type { Picture } from './decode-video.ts';
import { failingAs } from './ffmpeg.ts';

export interface ClipRequest {
  readonly file: string;
  /** What people call the file, for errors; its path when absent. */
  readonly name?: string | undefined;
  /** Pixels: the pictures are made no larger than fits into this. Their own size when absent. */
  readonly maximumWidth?: number | undefined;
  readonly maximumHeight?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Clip extends AsyncDisposable {
  /** Pixels, as shown and fitted: the size of every picture. */
  readonly width: number;
  readonly height: number;
  /**
   * The picture that is on screen at a time, in seconds from the first one; before it the first, after the end the last.
   * It depends on the time alone, not on what was asked before. While the picture stays the same, so does the object;
   * the next other one takes over its pixels, and the clip's end frees them, so use them at once. Going forward is cheap, other jumps decode from the
   * keyframe before. One call at a time.
   *
   * @throws {AuraError} video_invalid when nothing can be decoded.
   */
  frameAt(timeSeconds: number): Promise<ClipPicture>;
}

export interface ClipPicture extends Picture {
  /** RGBA, as of any picture. Made when it is asked for, where there are `planes`. */
  readonly pixels: Uint8Array;
  /** Whether it is known that no pixel is transparent. */
  readonly isOpaque: boolean;
  /** The picture as it is encoded, when it is stored and shown like that. */
  readonly planes?: PlaneBytes | undefined;
}

/**
 * Opens a clip for drawing. Rotation and pixel shape are applied; transparency is kept. Memory holds a few pictures,
 * whatever the length.
 *
 * @throws {AuraError} video_invalid
 */
export function openClip(request: ClipRequest): Promise<Clip> {
  const { signal } = request;
  const failing = { code: 'video_invalid', signal } as const;
  return failingAs(failing, async () => {
    const frames = await openClipFrames(request);
    const { source } = frames;
    const size = fittedSize(source, request);
    const cursor = createClipCursor(frames, request);
    const show = createShow(source, size);
    return {
      ...size,
      frameAt: (timeSeconds) => failingAs(failing, async () => show.picture(await cursor.at(timeSeconds))),
      [Symbol.asyncDispose]: async () => {
        show[Symbol.dispose]();
        await cursor[Symbol.asyncDispose]();
        await frames[Symbol.asyncDispose]();
      },
    };
  });
}

function fittedSize({ shownSize }: ClipSource, { maximumWidth, maximumHeight }: ClipRequest): Size {
  const most = {
    width: maximumWidth ?? Number.POSITIVE_INFINITY,
    height: maximumHeight ?? Number.POSITIVE_INFINITY,
  };
  return fitWithin(shownSize, most);
}

interface Show extends Disposable {
  picture(frame: Frame): Promise<ClipPicture>;
}

function createShow({ orientation }: ClipSource, size: Size): Show {
  const stored = turnedSize(size, orientation);
  const painter = createClipPainter(stored);
  const turned = isUpright(orientation) ? undefined : new Uint8Array(size.width * size.height * 4);
  let last: { pts: bigint; picture: ClipPicture } | undefined;
  return {
    picture: async (frame) => {
      if (last !== undefined && last.pts === frame.pts) return last.picture;
      const painted = await painter.paint(frame);
      const { isOpaque } = painted;
      const picture = turned === undefined ? asStored(painted, size) : { ...size, pixels: turned, isOpaque };
      if (turned !== undefined) turnPixels({ ...stored, pixels: painted.pixels }, orientation, picture);
      last = { pts: frame.pts, picture };
      // Only its time is still needed.
      frame.unref();
      frame.pts = last.pts;
      return picture;
    },
    [Symbol.dispose]: () => painter[Symbol.dispose](),
  };
}

function asStored(painted: PaintedPicture, size: Size): ClipPicture {
  const { isOpaque, planes } = painted;
  return {
    ...{ ...size, isOpaque, planes },
    get pixels() {
      return painted.pixels;
    },
  };
}
