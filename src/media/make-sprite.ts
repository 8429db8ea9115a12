import { writeFile } from 'node:fs/promises';
import { type Canvas, createCanvas, type Image } from '@napi-rs/canvas';
import type { VideoChunk } from './chunk-packets.ts';
import { readThumbnails, thumbnailInterval } from './chunk-thumbnails.ts';
import { failingAs } from './ffmpeg.ts';
import type { Progress } from './progress.ts';
import { layTiles, spriteColumns, spriteFrames, tileSize, toSpriteVtt } from './sprite-layout.ts';

export interface SpriteRequest {
  /** Those of the video, in order, as `encodeVideoChunk` wrote them. */
  readonly chunks: readonly VideoChunk[];
  /** Pixels, of the video. */
  readonly width: number;
  readonly height: number;
  readonly frameCount: number;
  /** One of `frameRates`. */
  readonly fps: number;
  /** Where the JPEG is written: tiles of 160 pixels' width, ten in a row, at most a hundred. */
  readonly file: string;
  /** Where the WebVTT is written that says which tile shows which time. */
  readonly vttFile: string;
  /** What the JPEG will be called beside it. */
  readonly imageName: string;
  readonly signal?: AbortSignal;
  /** Share of the tiles that are there. */
  readonly onProgress?: Progress;
}

/**
 * Small pictures of the whole video for scrubbing, in one JPEG, with a WebVTT that players know. They were made with the
 * chunks; two times that the same one stands for share it.
 *
 * @throws {AuraError} finish_failed, disk_full; the signal's reason after an abort.
 */
export function makeSprite(request: SpriteRequest): Promise<void> {
  return failingAs({ code: 'finish_failed', signal: request.signal }, async () => {
    const { file, vttFile, imageName } = request;
    const size = tileSize(request);
    const thumbnails = findThumbnails(request);
    const frames = thumbnails.map(({ frame }) => frame);
    const tiles = layTiles(frames, { ...request, size });
    const rows = Math.ceil(tiles.length / spriteColumns);
    const canvas = createCanvas(Math.min(tiles.length, spriteColumns) * size.width, rows * size.height);
    const context = canvas.getContext('2d');
    let open: { readonly chunk: VideoChunk; readonly strip: Canvas | Image } | undefined;
    for (const [index, { chunk, number }] of thumbnails.entries()) {
      request.signal?.throwIfAborted();
      if (open?.chunk !== chunk) open = { chunk, strip: await readThumbnails(chunk, request) };
      const { x, y } = tiles[index] ?? { x: 0, y: 0 };
      const { width, height } = size;
      context.drawImage(open.strip, number * width, 0, width, height, x, y, width, height);
      request.onProgress?.((index + 1) / thumbnails.length);
    }
    await writeFile(file, await canvas.encode('jpeg', jpegQuality));
    await writeFile(vttFile, toSpriteVtt(tiles, { imageName, size }));
  });
}

const jpegQuality = 80;

interface Thumbnail {
  /** Of the video. */
  readonly frame: number;
  readonly chunk: VideoChunk;
  /** Which of the chunk's. */
  readonly number: number;
}

/** For each time that is worth a tile the thumbnail at or before it, once. */
function findThumbnails(request: SpriteRequest): Thumbnail[] {
  const interval = thumbnailInterval(request.fps);
  const found = new Map<number, Thumbnail>();
  const wanted = spriteFrames(request);
  let startFrame = 0;
  for (const chunk of request.chunks) {
    const endFrame = startFrame + chunk.frameCount;
    for (; (wanted[0] ?? Number.POSITIVE_INFINITY) < endFrame; wanted.shift()) {
      const number = Math.floor(((wanted[0] ?? 0) - startFrame) / interval);
      const frame = startFrame + number * interval;
      found.set(frame, { frame, chunk, number });
    }
    startFrame = endFrame;
  }
  return [...found.values()];
}
