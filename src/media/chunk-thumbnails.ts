import { appendFile, open } from 'node:fs/promises';
import { type Canvas, createCanvas, type Image, ImageData, loadImage } from '@napi-rs/canvas';
import type { Frame } from 'node-av/lib';
import { exactFps } from '../protocol/frame-rates.ts';
import type { VideoChunk } from './chunk-packets.ts';
import { createClipPainter } from './clip-painter.ts';
import { decodePictures } from './decode-video.ts';
import { readMp4Boxes } from './mp4-boxes.ts';
import { type TileSize, tileSize } from './sprite-layout.ts';

/** Small pictures of a chunk, made while it is encoded: later they would have to be decoded. */
export interface ThumbnailStrip extends Disposable {
  /** Of some frames it keeps a small picture; called with each of them, in order. */
  take(frame: Frame, index: number): Promise<void>;
  /** All of them, beside each other, as a JPEG. */
  encode(): Promise<Uint8Array>;
}

interface Shape extends TileSize {
  /** One of `frameRates`. */
  readonly fps: number;
  readonly frameCount: number;
}

/** Frames from one thumbnail of a chunk to the next: about a second. The first shows its first frame. */
export function thumbnailInterval(fps: number): number {
  return Math.round(exactFps(fps));
}

export function createThumbnailStrip({ fps, frameCount, ...video }: Shape): ThumbnailStrip {
  const size = tileSize(video);
  const interval = thumbnailInterval(fps);
  const canvas = createStrip(size, Math.ceil(frameCount / interval));
  const context = canvas.getContext('2d');
  const painter = createClipPainter(size);
  return {
    take: async (frame, index) => {
      if (index % interval !== 0) return;
      const { pixels } = await painter.paint(frame);
      const image = new ImageData(new Uint8ClampedArray(pixels), size.width, size.height);
      context.putImageData(image, (index / interval) * size.width, 0);
    },
    encode: () => canvas.encode('jpeg', stripQuality),
    [Symbol.dispose]: () => painter[Symbol.dispose](),
  };
}

function createStrip({ width, height }: TileSize, count: number): Canvas {
  return createCanvas(width * count, height);
}

/** They are encoded once more, in the sprite. */
const stripQuality = 95;

/** Writes thumbnails behind what is in a finished chunk, as a box of our own, which whoever reads an MP4 passes over. */
export async function appendThumbnails(file: string, jpeg: Uint8Array): Promise<void> {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(headerBytes + jpeg.length, 0);
  header.write('uuid', 4, 'latin1');
  header.set(boxId, 8);
  await appendFile(file, Buffer.concat([header, jpeg]));
}

/**
 * The thumbnails of a chunk, all beside each other. One that an older version made, whose jobs go on after an update, has none:
 * its pictures are decoded then.
 */
export async function readThumbnails(
  chunk: VideoChunk,
  video: Omit<Shape, 'frameCount'>,
): Promise<Canvas | Image> {
  return (await readStrip(chunk)) ?? (await decodeStrip({ ...video, ...chunk }));
}

async function readStrip({ file }: VideoChunk): Promise<Image | undefined> {
  const boxes = await readMp4Boxes(file);
  const last = boxes.at(-1);
  const bytes = Buffer.alloc(last?.sizeBytes ?? 0);
  await using handle = await open(file);
  await handle.read(bytes, 0, bytes.length, (await handle.stat()).size - bytes.length);
  const isThere = last?.type === 'uuid' && bytes.subarray(8, headerBytes).equals(boxId);
  return isThere ? await loadImage(bytes.subarray(headerBytes)) : undefined;
}

async function decodeStrip({ file, ...shape }: Shape & VideoChunk): Promise<Canvas> {
  const size = tileSize(shape);
  const interval = thumbnailInterval(shape.fps);
  const strip = createStrip(size, Math.ceil(shape.frameCount / interval));
  const context = strip.getContext('2d');
  const whole = createCanvas(shape.width, shape.height);
  for await (const { index, pixels } of decodePictures(file)) {
    if (index % interval !== 0) continue;
    whole
      .getContext('2d')
      .putImageData(new ImageData(new Uint8ClampedArray(pixels), shape.width, shape.height), 0, 0);
    context.drawImage(whole, (index / interval) * size.width, 0, size.width, size.height);
  }
  return strip;
}

const boxId = Buffer.from('7d2f0c1e9b6a4f3d8c5e41757261746e', 'hex');
/** Size, type, and which of the boxes that anybody may make it is. */
const headerBytes = 8 + boxId.length;
