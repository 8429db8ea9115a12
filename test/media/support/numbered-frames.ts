import type { Picture } from '../../../src/media/index.ts';

export const width = 320;
export const height = 180;
const bits = 12;
const cell = 24;

/** Draws a frame that shows its own number as a row of black and white squares, over a moving background. */
export function drawNumbered(number: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const start = (y * width + x) * 4;
      const isBar = y < cell && x < bits * cell;
      const bar = ((number >> Math.floor(x / cell)) & 1) * 255;
      pixels[start] = isBar ? bar : (x + number * 3) & 255;
      pixels[start + 1] = isBar ? bar : (y * 2 + number * 5) & 255;
      pixels[start + 2] = isBar ? bar : ((x ^ y) + number) & 255;
      pixels[start + 3] = 255;
    }
  }
  return pixels;
}

/** The number a decoded frame shows. */
export function readNumber({ pixels }: Picture): number {
  let number = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const middle = ((cell / 2) * width + bit * cell + cell / 2) * 4;
    if ((pixels[middle] ?? 0) > 127) number |= 1 << bit;
  }
  return number;
}
