import type { Pixels } from './ssim.ts';

const side = 8;

/**
 * How far two pictures are apart in colour where they are farthest: the distance of the mean colours, without brightness, of
 * windows of 8 x 8. 0 to 255 in Cb and Cr of BT.709; from about 5 on one sees that two surfaces beside each other differ.
 */
export function colorDistance(one: Pixels, other: Pixels): number {
  if (one.width !== other.width || one.height !== other.height) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let y = 0; y + side <= one.height; y += side / 2) {
    for (let x = 0; x + side <= one.width; x += side / 2) {
      const [a, b] = [windowColor(one, x, y), windowColor(other, x, y)];
      most = Math.max(most, Math.hypot(a.cb - b.cb, a.cr - b.cr));
    }
  }
  return most;
}

function windowColor({ width, data }: Pixels, left: number, top: number) {
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) {
      const at = (y * width + x) * 4;
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
    }
  }
  const brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const count = side * side;
  return { cb: (blue - brightness) / 1.8556 / count, cr: (red - brightness) / 1.5748 / count };
}
