import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { clipKey } from '../drawing/index.ts';
import { type Clip, type ClipPicture, openClip } from '../media/index.ts';
import { createOpaqueCanvas, isOpaque } from '../media/opaque-picture.ts';
import { freeCanvas } from '../media/prepare-picture.ts';
import { type OpenPictureCanvas, RawPicture } from '../media/raw-picture.ts';
import { type ClipTrim, clipTime, type Timeline, type TimelineScene } from '../timeline/index.ts';

/** The pictures of the clips and animations that can be seen, brought up to the moment before each frame is drawn. */
export interface ClipPictures extends AsyncDisposable {
  /**
   * Puts the current picture of each clip the frame shows into `pictures`, under `clipKey` of its scene, and that of each
   * animated picture under its source, both for canvases that `openCanvas` made. While it shows the same picture, so it is the
   * same object; another picture is another object, which takes over the pixels of the one before.
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
  const players = new Map<Played, Player>();
  const played = scenes.map((scene) => ({ scene, parts: playedIn(scene, timeline) }));
  return {
    bringTo: async (frameIndex) => {
      for (const { scene, parts } of played) {
        const seen = isSeen(timeline, scene, frameIndex);
        for (const part of parts) {
          if (!seen) {
            await players.get(part)?.[Symbol.asyncDispose]();
            players.delete(part);
            continue;
          }
          const player = players.get(part) ?? (await openPlayer(part, request));
          players.set(part, player);
          pictures.set(part.key, await player.at((frameIndex - scene.startFrame) / timeline.fps));
        }
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const player of players.values()) await player[Symbol.asyncDispose]();
    },
  };
}

/** Something in a scene that plays. */
interface Played {
  /** In `pictures`. */
  readonly key: string;
  readonly source: string;
  readonly trim: ClipTrim;
  /** As large as it can ever be shown, in pixels. */
  readonly covers: { readonly width: number; readonly height: number };
}

function playedIn(scene: TimelineScene, timeline: Timeline): Played[] {
  const { clip, pictures } = scene;
  const whole = clip && [{ key: clipKey(scene), source: clip.source, trim: clip, covers: timeline }];
  const columns = scene.layout === 'grid' ? Math.ceil(Math.sqrt(pictures.length)) : 1;
  const covers = { width: timeline.width / columns, height: timeline.height / columns };
  const animated = pictures.flatMap(({ source, loopSeconds }): Played[] => {
    if (loopSeconds === undefined) return [];
    const trim = { startSeconds: 0, endSeconds: loopSeconds, speed: 1, loop: true };
    return [{ key: source, source, trim, covers }];
  });
  return [...(whole ?? []), ...animated];
}

/** While the next scene comes in, the one before goes on. */
function isSeen({ scenes }: Timeline, scene: TimelineScene, frameIndex: number): boolean {
  const leaving = scenes[scene.index + 1]?.transition.frameCount ?? 0;
  return frameIndex >= scene.startFrame && frameIndex < scene.startFrame + scene.frameCount + leaving;
}

interface Player extends AsyncDisposable {
  at(sceneSeconds: number): Promise<RawPicture>;
}

async function openPlayer(
  { source, trim, covers }: Played,
  { files, signal }: ClipPicturesRequest,
): Promise<Player> {
  const file = files[source];
  if (file === undefined) throw new Error(`The clip ${source} has no local file.`);
  const clip = await openFitting({ file, signal }, covers);
  let canvas: Canvas | undefined;
  const open: OpenPictureCanvas = (wantsOpaque) => {
    if (canvas !== undefined && isOpaque(canvas) === wantsOpaque) return canvas;
    if (canvas !== undefined) freeCanvas(canvas);
    canvas = (wantsOpaque ? createOpaqueCanvas : createCanvas)(clip.width, clip.height);
    return canvas;
  };
  let last: { readonly decoded: ClipPicture; readonly picture: RawPicture } | undefined;
  return {
    at: async (sceneSeconds) => {
      const decoded = await clip.frameAt(clipTime(trim, sceneSeconds));
      if (decoded !== last?.decoded) last = { decoded, picture: new RawPicture(decoded, open) };
      return last.picture;
    },
    [Symbol.asyncDispose]: async () => {
      if (canvas !== undefined) freeCanvas(canvas);
      await clip[Symbol.asyncDispose]();
    },
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
