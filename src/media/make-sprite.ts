import { writeFile } from 'node:fs/promises';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import { decodeKeyframes } from './decode-keyframes.ts';
import { failingAs } from './ffmpeg.ts';
import type { Progress } from './progress.ts';
import {
  layTiles,
  spriteColumns,
  spriteFrames,
  type TileSize,
  tileSize,
  toSpriteVtt,
} from './sprite-layout.ts';

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
  /** Share of the video that has been looked at; a tile may stand for several times. */
  readonly onProgress?: Progress;
}

/**
 * Small pictures of the whole video for scrubbing, in one JPEG, with a WebVTT that players know. Each shows a keyframe;
 * two times with the same keyframe share one.
 *
 * @throws {AuraError} finish_failed, disk_full; the signal's reason after an abort.
 */
export function makeSprite(request: SpriteRequest): Promise<void> {
  return failingAs({ code: 'finish_failed', signal: request.signal }, async () => {
    const { file, vttFile, imageName } = request;
    const size = tileSize(request);
    const pictures = await readTiles(request, size);
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

interface TilePicture {
  readonly index: number;
  readonly image: ImageData;
}

/** Both halves of the video side by side: decoding is all the work. */
async function readTiles(request: SpriteRequest, size: TileSize): Promise<TilePicture[]> {
  const frames = spriteFrames(request);
  const middle = Math.ceil(frames.length / 2);
  let done = 0;
  const onTile = () => {
    done += 1;
    request.onProgress?.(Math.min(1, done / frames.length));
  };
  const halves = await Promise.all(
    [frames.slice(0, middle), frames.slice(middle)].map((half) =>
      readKeyframes(half, { request, size, onTile }),
    ),
  );
  request.onProgress?.(1);
  // Where they meet, both may have found the same keyframe.
  return [...new Map(halves.flat().map((picture) => [picture.index, picture])).values()];
}

async function readKeyframes(
  frames: readonly number[],
  how: { readonly request: SpriteRequest; readonly size: TileSize; readonly onTile: () => void },
): Promise<TilePicture[]> {
  const { request, size, onTile } = how;
  const pictures: TilePicture[] = [];
  for await (const picture of decodeKeyframes({ file: request.video, fps: request.fps, frames, size })) {
    request.signal?.throwIfAborted();
    const pixels = new Uint8ClampedArray(picture.pixels);
    pictures.push({ index: picture.index, image: new ImageData(pixels, size.width, size.height) });
    onTile();
  }
  return pictures;
}
