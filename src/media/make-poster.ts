import { writeFile } from 'node:fs/promises';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import { decodePicture, type Picture } from './decode-video.ts';
import { failingAs } from './ffmpeg.ts';

export interface PosterRequest {
  /** A finished video. */
  readonly video: string;
  /** Which of its frames is shown, from 0. */
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
export function makePoster({ video, frameIndex, file, signal }: PosterRequest): Promise<void> {
  return failingAs({ code: 'finish_failed', signal }, async () => {
    const jpeg = encodeJpeg(await decodePicture(video, frameIndex), posterQuality);
    await writeFile(file, jpeg);
  });
}

/** A picture as a JPEG. @param quality 0 to 100. */
function encodeJpeg({ width, height, pixels }: Picture, quality: number): Uint8Array {
  const canvas = createCanvas(width, height);
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  canvas.getContext('2d').putImageData(new ImageData(clamped, width, height), 0, 0);
  return canvas.encodeSync('jpeg', quality);
}

const posterQuality = 88;
