import type { Picture } from './decode-video.ts';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How a stored picture is turned and mirrored to be shown, in quarter turns: a stored point (x, y) is shown at
 * (xx·x + yx·y, xy·x + yy·y), moved back into the picture. Each number is -1, 0 or 1.
 */
export interface Orientation {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
}

const upright: Orientation = { xx: 1, xy: 0, yx: 0, yy: 1 };

export function isUpright({ xx, yy }: Orientation): boolean {
  return xx === 1 && yy === 1;
}

/**
 * The orientation a file's display matrix asks for: nine 32-bit numbers, row by row. What is no quarter turn is taken
 * for the nearest.
 */
export function readOrientation(matrix: Buffer | null): Orientation {
  if (matrix === null || matrix.length < 36) return upright;
  const at = (index: number) => matrix.readInt32LE(index * 4);
  const isTurned = Math.abs(at(1)) > Math.abs(at(0));
  const orientation = isTurned
    ? { xx: 0, xy: Math.sign(at(1)), yx: Math.sign(at(3)), yy: 0 }
    : { xx: Math.sign(at(0)), xy: 0, yx: 0, yy: Math.sign(at(4)) };
  const determinant = orientation.xx * orientation.yy - orientation.xy * orientation.yx;
  return determinant === 0 ? upright : orientation;
}

interface Stored extends Size {
  /** How wide a pixel is for its height; 0 when unknown. */
  readonly pixelAspect: number;
  readonly orientation: Orientation;
}

/** The size at which a stored picture is shown in square pixels: none of its own are thrown away. */
export function shownSize({ width, height, pixelAspect, orientation }: Stored): Size {
  const isUsual = !(pixelAspect > 1 / 16 && pixelAspect < 16) || pixelAspect === 1;
  const aspect = isUsual ? 1 : pixelAspect;
  const square = {
    width: Math.round(width * Math.max(1, aspect)),
    height: Math.round(height * Math.max(1, 1 / aspect)),
  };
  return turnedSize(square, orientation);
}

/** The size after turning, or before: it is the same either way. */
export function turnedSize({ width, height }: Size, { xx }: Orientation): Size {
  return xx === 0 ? { width: height, height: width } : { width, height };
}

/** The largest size of the same shape that fits into the other; sides are even, so that colour fits at half. */
export function fitWithin(size: Size, most: Size): Size {
  const scale = Math.min(1, most.width / size.width, most.height / size.height);
  const even = (side: number, largest: number) =>
    Math.max(2, Math.min(2 * Math.round((side * scale) / 2), 2 * Math.floor(largest / 2)));
  return { width: even(size.width, most.width), height: even(size.height, most.height) };
}

/** Turns RGBA pixels; `into` has the turned size and is filled. */
export function turnPixels(source: Picture, orientation: Orientation, into: Picture): void {
  const from = new Uint32Array(source.pixels.buffer, source.pixels.byteOffset, source.width * source.height);
  const to = new Uint32Array(into.pixels.buffer, into.pixels.byteOffset, into.width * into.height);
  const { xx, xy, yx, yy } = orientation;
  const startX = xx < 0 || xy < 0 ? source.width - 1 : 0;
  const startY = yx < 0 || yy < 0 ? source.height - 1 : 0;
  const stepRight = xx + yx * source.width;
  const stepDown = xy + yy * source.width;
  const start = startY * source.width + startX;
  // In tiles: a turned row runs down a column, and whole columns would not stay in the processor's cache.
  for (let top = 0; top < into.height; top += tile) {
    for (let left = 0; left < into.width; left += tile) {
      const right = Math.min(left + tile, into.width);
      const bottom = Math.min(top + tile, into.height);
      for (let y = top; y < bottom; y += 1) {
        let index = start + y * stepDown + left * stepRight;
        for (let x = left; x < right; x += 1, index += stepRight) to[y * into.width + x] = from[index] ?? 0;
      }
    }
  }
}

const tile = 32;
