import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { clipKey } from '../drawing/index.ts';
import { type Clip, openClip } from '../media/index.ts';
import { clipTime, type Timeline, type TimelineClip, type TimelineScene } from '../timeline/index.ts';

/** The pictures of the clips that can be seen, brought up to the moment before each frame is drawn. */
export interface ClipPictures extends AsyncDisposable {
  /**
   * Puts the current picture of each clip the frame shows into `pictures`, under `clipKey` of its scene. While a clip
   * shows the same picture, so it is the same object; another picture is another object than the one before.
   *
   * @throws {AuraError} video_invalid.
   */
  bringTo(frameIndex: number): Promise<void>;
}

export interface ClipPicturesRequest {
  readonly timeline: Timeline;
  /** Those whose clips are shown. */
  readonly scenes: readonly TimelineScene[];
  /** Local files by source. */
  readonly files: Readonly<Record<string, string>>;
  readonly pictures: Map<string, unknown>;
  readonly signal?: AbortSignal | undefined;
}

/** Clips are opened when they are first seen: a file costs memory for as long as it is open. */
export function createClipPictures(request: ClipPicturesRequest): ClipPictures {
  const { timeline, scenes, pictures } = request;
  const players = new Map<string, Player>();
  return {
    bringTo: async (frameIndex) => {
      for (const scene of scenes) {
        if (scene.clip === undefined) continue;
        const key = clipKey(scene);
        if (!isSeen(timeline, scene, frameIndex)) {
          await players.get(key)?.[Symbol.asyncDispose]();
          players.delete(key);
          continue;
        }
        const player = players.get(key) ?? (await openPlayer(scene.clip, request));
        players.set(key, player);
        pictures.set(key, await player.at((frameIndex - scene.startFrame) / timeline.fps));
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const player of players.values()) await player[Symbol.asyncDispose]();
    },
  };
}

/** While the next scene comes in, the one before goes on. */
function isSeen({ scenes }: Timeline, scene: TimelineScene, frameIndex: number): boolean {
  const leaving = scenes[scene.index + 1]?.transition.frameCount ?? 0;
  return frameIndex >= scene.startFrame && frameIndex < scene.startFrame + scene.frameCount + leaving;
}

interface Player extends AsyncDisposable {
  at(sceneSeconds: number): Promise<Canvas>;
}

async function openPlayer(
  trim: TimelineClip,
  { timeline, files, signal }: ClipPicturesRequest,
): Promise<Player> {
  const file = files[trim.source];
  if (file === undefined) throw new Error(`The clip ${trim.source} has no local file.`);
  const clip = await openFitting({ file, signal }, timeline);
  // Two, so that a new picture is a new object while the one before can still be told from it.
  let [shown, spare] = [createCanvas(clip.width, clip.height), createCanvas(clip.width, clip.height)];
  let last: unknown;
  return {
    at: async (sceneSeconds) => {
      const picture = await clip.frameAt(clipTime(trim, sceneSeconds));
      if (picture === last) return shown;
      last = picture;
      [shown, spare] = [spare, shown];
      const pixels = new Uint8ClampedArray(picture.pixels.buffer as ArrayBuffer);
      shown.getContext('2d').putImageData(new ImageData(pixels, clip.width, clip.height), 0, 0);
      return shown;
    },
    [Symbol.asyncDispose]: () => clip[Symbol.asyncDispose](),
  };
}

/** No larger than it has to be to cover the canvas. */
async function openFitting(
  request: { readonly file: string; readonly signal: AbortSignal | undefined },
  canvas: { readonly width: number; readonly height: number },
): Promise<Clip> {
  const clip = await openClip(request);
  const covering = Math.max(canvas.width / clip.width, canvas.height / clip.height);
  if (covering >= 1) return clip;
  await clip[Symbol.asyncDispose]();
  return await openClip({
    ...request,
    maximumWidth: Math.ceil(clip.width * covering),
    maximumHeight: Math.ceil(clip.height * covering),
  });
}
