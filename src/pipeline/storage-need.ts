import type { Codec, Quality, Video } from '../protocol/index.ts';

/** Of a pixel of a frame of H.264 in standard quality, in bytes: still slides need less, busy clips several times as much. */
const usualBytesPerPixel = 0.006;
const qualityFactors = { draft: 0.5, standard: 1, high: 1.7 } as const satisfies Record<Quality, number>;
const codecFactors = { h264: 1, hevc: 0.7, av1: 0.6, vp9: 0.7 } as const satisfies Record<Codec, number>;
/** Of sound, in the mix and again in the file. */
const soundBytesPerSecond = 2 * 24_000;

interface StoredView {
  readonly video: Video;
  readonly encodings: readonly { readonly codec: Codec; readonly quality: Quality }[];
  /** Of all frames, and of those that are not stored yet. */
  readonly frameCount: number;
  readonly missingFrames: number;
  /** How many files are made of it. */
  readonly fileCount: number;
  readonly durationSeconds: number;
}

/** About how much an export adds to the store: its missing chunks, and each finished file. */
export function storageNeed(view: StoredView): number {
  const { video, encodings, frameCount, missingFrames, fileCount, durationSeconds } = view;
  const pixelBytes = encodings.map(
    ({ codec, quality }) => usualBytesPerPixel * qualityFactors[quality] * codecFactors[codec],
  );
  const eachFrame = video.width * video.height * Math.max(0, ...pixelBytes);
  const chunkFrame = video.width * video.height * pixelBytes.reduce((sum, bytes) => sum + bytes, 0);
  const pictures = missingFrames * chunkFrame + fileCount * frameCount * eachFrame;
  return Math.round(pictures + fileCount * durationSeconds * soundBytesPerSecond);
}

/** Slides need this share of what is usual: only when not even that much is free is an export refused. */
export const leastShare = 0.15;
