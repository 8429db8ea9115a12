import { writeFile } from 'node:fs/promises';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { VideoChunk } from './chunk-packets.ts';
import { decodePicture, type Picture } from './decode-video.ts';
import { failingAs } from './ffmpeg.ts';

export interface PosterRequest {
  /** Those of the video, in order. */
  readonly chunks: readonly VideoChunk[];
  /** Which of the video's frames is shown, from 0. */
  readonly frameIndex: number;
  /** Where the JPEG is written, as large as the video. */
  readonly file: string;
  readonly signal?: AbortSignal;
}

/**
 * Saves one frame of a video as a JPEG.
 *
 * @throws {AuraError} finish_failed, also when the video has no such frame.
 */
export function makePoster({ chunks, frameIndex, file, signal }: PosterRequest): Promise<void> {
  return failingAs({ code: 'finish_failed', signal }, async () => {
    const { chunk, index } = frameIn(chunks, frameIndex);
    const jpeg = encodeJpeg(await decodePicture(chunk.file, index), posterQuality);
    await writeFile(file, jpeg);
  });
}

/** Which chunk has a frame of the video, and where. */
function frameIn(chunks: readonly VideoChunk[], frameIndex: number): { chunk: VideoChunk; index: number } {
  let index = frameIndex;
  for (const chunk of chunks) {
    if (index < chunk.frameCount) return { chunk, index };
    index -= chunk.frameCount;
  }
  throw new RangeError(`the video has no frame ${frameIndex}`);
}

/** A picture as a JPEG. @param quality 0 to 100. */
function encodeJpeg({ width, height, pixels }: Picture, quality: number): Uint8Array {
  const canvas = createCanvas(width, height);
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  canvas.getContext('2d').putImageData(new ImageData(clamped, width, height), 0, 0);
  return canvas.encodeSync('jpeg', quality);
}

const posterQuality = 88;
