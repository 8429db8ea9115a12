import { Frame } from 'node-av/lib';
import type { ClipFrames } from './clip-frames.ts';
import { type ClipFile, invalidClip } from './clip-source.ts';

/** Goes through a clip's pictures by time. */
export interface ClipCursor extends AsyncDisposable {
  /** The decoded picture on screen at that time. The same object while it stays the same. */
  at(timeSeconds: number): Promise<Frame>;
}

/**
 * Keeps the picture on screen and the one after it, which tells how long the first stays. None is decoded further ahead: each takes 3 MB,
 * and while a picture is encoded the next is decoded in any case.
 */
export function createClipCursor(frames: ClipFrames, clip: ClipFile): ClipCursor {
  const { startTicks, secondsPerTick } = frames.source;
  let [shown, upcoming] = [newFrame(), newFrame()];
  let [hasShown, hasUpcoming] = [false, false];
  /** Nothing is shown earlier than this. */
  let earliest = startTicks;
  const advance = async () => {
    [shown, upcoming] = [upcoming, shown];
    hasShown = hasUpcoming;
    hasUpcoming = await frames.next(upcoming);
  };
  const jump = async (ticks: bigint) => {
    await frames.seek(ticks);
    hasUpcoming = await frames.next(upcoming);
    if (!hasUpcoming) throw invalidClip(clip, 'has no picture that can be decoded');
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
      for (const frame of [shown, upcoming]) frame.free();
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
