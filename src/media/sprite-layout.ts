import { secondsAt } from '../protocol/frame-rates.ts';
import { clock } from '../timeline/vtt-text.ts';

/** A stretch of the video and the small picture that stands for it. */
export interface SpriteTile {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Pixels, in the sprite. */
  readonly x: number;
  readonly y: number;
}

export interface TileSize {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** As wide as players show them, and as high as the video's shape makes them. */
export function tileSize({ width, height }: TileSize): TileSize {
  return { width: tileWidth, height: Math.max(1, Math.round((tileWidth * height) / width)) };
}

const tileWidth = 160;
export const spriteColumns = 10;

/** The frames that are worth a tile: one a second, or a hundred over the whole of a longer video. */
export function spriteFrames({ frameCount, fps }: { frameCount: number; fps: number }): number[] {
  const seconds = secondsAt(frameCount, fps);
  const count = Math.min(mostTiles, Math.max(1, Math.ceil(seconds)));
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * frameCount) / count));
}

const mostTiles = 100;

/** Where each tile goes and which time it stands for: from the frame it shows to the next that is shown. */
export function layTiles(
  frames: readonly number[],
  { size, frameCount, fps }: { size: TileSize; frameCount: number; fps: number },
): SpriteTile[] {
  return frames.map((frame, index) => ({
    startSeconds: index === 0 ? 0 : secondsAt(frame, fps),
    endSeconds: secondsAt(frames[index + 1] ?? frameCount, fps),
    x: (index % spriteColumns) * size.width,
    y: Math.floor(index / spriteColumns) * size.height,
  }));
}

/** WebVTT as players take it for scrubbing: each cue names a part of the picture. */
export function toSpriteVtt(
  tiles: readonly SpriteTile[],
  { imageName, size }: { readonly imageName: string; readonly size: TileSize },
): string {
  const name = encodeURIComponent(imageName);
  const cues = tiles.map(({ startSeconds, endSeconds, x, y }) => {
    const [start, end] = [startSeconds, endSeconds].map((seconds) => clock(Math.round(seconds * 1000), '.'));
    return `${start} --> ${end}\n${name}#xywh=${x},${y},${size.width},${size.height}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}
