import { writeFile } from 'node:fs/promises';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import { decodeKeyframes } from './decode-keyframes.ts';
import { failingAs } from './ffmpeg.ts';
import { layTiles, spriteColumns, spriteFrames, tileSize, toSpriteVtt } from './sprite-layout.ts';

export interface SpriteRequest {
  /** A finished video. */
  readonly video: string;
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
}

/**
 * Small pictures of the whole video for scrubbing, in one JPEG, with a WebVTT that players know. Each shows a keyframe;
 * two times with the same keyframe share one.
 *
 * @throws {AuraError} finish_failed, disk_full; the signal's reason after an abort.
 */
export function makeSprite(request: SpriteRequest): Promise<void> {
  return failingAs({ code: 'finish_failed', signal: request.signal }, async () => {
    const { video, fps, file, vttFile, imageName, signal } = request;
    const size = tileSize(request);
    const pictures: { index: number; image: ImageData }[] = [];
    for await (const picture of decodeKeyframes({ file: video, fps, frames: spriteFrames(request), size })) {
      signal?.throwIfAborted();
      const pixels = new Uint8ClampedArray(picture.pixels);
      pictures.push({ index: picture.index, image: new ImageData(pixels, size.width, size.height) });
    }
    const frames = pictures.map(({ index }) => index);
    const tiles = layTiles(frames, { ...request, size });
    const rows = Math.ceil(tiles.length / spriteColumns);
    const canvas = createCanvas(Math.min(tiles.length, spriteColumns) * size.width, rows * size.height);
    const context = canvas.getContext('2d');
    for (const [index, { image }] of pictures.entries()) {
      const { x, y } = tiles[index] ?? { x: 0, y: 0 };
      context.putImageData(image, x, y);
    }
    await writeFile(file, await canvas.encode('jpeg', jpegQuality));
    await writeFile(vttFile, toSpriteVtt(tiles, { imageName, size }));
  });
}

const jpegQuality = 80;
