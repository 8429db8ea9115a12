import { Frame } from 'node-av/lib';
import { type ClipFrames, openClipFrames } from './clip-frames.ts';
import { fitWithin, type Size, turnedSize, turnPixels, upright } from './clip-geometry.ts';
import { createClipPainter } from './clip-painter.ts';
import { type ClipSource, invalidClip } from './clip-source.ts';
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
   * the next other one takes over its pixels, so use them at once. Going forward is cheap, other jumps decode from the
   * keyframe before. One call at a time.
   *
   * @throws {AuraError} video_invalid when nothing can be decoded.
   */
  frameAt(timeSeconds: number): Promise<Picture>;
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
    const cursor = createCursor(frames, request);
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

interface Cursor extends AsyncDisposable {
  /** The decoded picture on screen at that time. The same object while it stays the same. */
  at(timeSeconds: number): Promise<Frame>;
}

/**
 * Keeps the picture on screen and the one after it, which tells how long the first stays; the one after that is decoded
 * meanwhile, while the first is drawn.
 */
function createCursor(frames: ClipFrames, request: ClipRequest): Cursor {
  const { startTicks, secondsPerTick } = frames.source;
  let [shown, upcoming, following] = [newFrame(), newFrame(), newFrame()];
  let [hasShown, hasUpcoming] = [false, false];
  let hasFollowing = Promise.resolve(false);
  /** Nothing is shown earlier than this. */
  let earliest = startTicks;
  const decodeFollowing = () => {
    hasFollowing = frames.next(following);
    // Whatever goes wrong is told to who asks for that picture, if anybody does.
    hasFollowing.catch(() => undefined);
  };
  const advance = async () => {
    const isNext = await hasFollowing;
    [shown, upcoming, following] = [upcoming, following, shown];
    [hasShown, hasUpcoming] = [hasUpcoming, isNext];
    decodeFollowing();
  };
  const jump = async (ticks: bigint) => {
    await hasFollowing.catch(() => undefined);
    await frames.seek(ticks);
    hasUpcoming = await frames.next(upcoming);
    if (!hasUpcoming) throw invalidClip(request, 'has no picture that can be decoded');
    decodeFollowing();
    await advance();
    if (shown.pts > ticks) earliest = shown.pts;
  };
  return {
    at: async (timeSeconds) => {
      const asked = startTicks + BigInt(Math.floor((timeSeconds + toleranceSeconds) / secondsPerTick));
      const ticks = asked < earliest ? earliest : asked;
      const isFar = hasShown && Number(ticks - shown.pts) * secondsPerTick > farSeconds;
      if (!hasShown || ticks < shown.pts || (isFar && hasUpcoming)) await jump(ticks);
      while (hasUpcoming && upcoming.pts <= ticks) await advance();
      return shown;
    },
    [Symbol.asyncDispose]: async () => {
      await hasFollowing.catch(() => undefined);
      for (const frame of [shown, upcoming, following]) frame.free();
    },
  };
}

/** Many files have the times of their pictures rounded, some to milliseconds: asked a hair early, it is meant already. */
const toleranceSeconds = 0.001;
/** Further ahead it is usually quicker to start at a keyframe than to decode all between. */
const farSeconds = 3;

function newFrame(): Frame {
  const frame = new Frame();
  frame.alloc();
  return frame;
}

interface Show extends Disposable {
  picture(frame: Frame): Promise<Picture>;
}

function createShow({ orientation }: ClipSource, size: Size): Show {
  const stored = turnedSize(size, orientation);
  const painter = createClipPainter(stored);
  const isUpright = Object.entries(upright).every(
    ([key, value]) => orientation[key as keyof typeof upright] === value,
  );
  const pixels = new Uint8Array(size.width * size.height * 4);
  let last: { frame: Frame; pts: bigint; picture: Picture } | undefined;
  return {
    picture: async (frame) => {
      if (last !== undefined && last.pts === frame.pts) return last.picture;
      const painted = await painter.paint(frame);
      const picture = { ...size, pixels };
      if (isUpright) pixels.set(painted);
      else turnPixels({ ...stored, pixels: painted }, orientation, picture);
      last = { frame, pts: frame.pts, picture };
      return picture;
    },
    [Symbol.dispose]: () => painter[Symbol.dispose](),
  };
}
