import { add, type Easel, mix, paintPixels, type Rgb } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';

interface MilkyWay {
  /** Pixels from the top. */
  readonly bottom: number;
  /** How much it leans: shares of the width for the whole height. */
  readonly lean: number;
  /** Where it crosses the middle, as a share of the width. */
  readonly centre: number;
  readonly seed: number;
}

/** The band of the galaxy, its dark lanes and dust of faint stars, over the sky already there. */
export function paintMilkyWay(easel: Easel, { bottom, lean, centre, seed }: MilkyWay): void {
  const { context, width, height, random } = easel;
  const before = context.getImageData(0, 0, width, Math.ceil(bottom)).data;
  const cloud = fractal(createNoise(seed), 6);
  const lane = fractal(createNoise(seed + 1), 6);
  const unit = Math.max(width, height);
  paintPixels(
    easel,
    (x, y) => {
      const index = (y * width + x) * 4;
      const behind: Rgb = [before[index] ?? 0, before[index + 1] ?? 0, before[index + 2] ?? 0];
      const middle = (centre + lean * (y / height - 0.4)) * width;
      const off = ((x - middle) / unit) * 7 + (cloud((y / unit) * 5, 9) - 0.5) * 1.1;
      const band = Math.exp(-(off ** 2)) * (1 - y / bottom) ** 0.35;
      const dust = cloud((x / unit) * 9, (y / unit) * 9);
      const dark =
        Math.exp(-((off * 1.9 + (lane((x / unit) * 6, (y / unit) * 6) - 0.5) * 3) ** 2)) *
        lane(x / 160, y / 160);
      const amount = Math.max(0, band * (0.2 + 1.3 * dust ** 1.6) - dark * band * 0.95);
      const star = random() < band * 0.012 ? 60 + 120 * random() : 0;
      const tint = mix([150, 160, 220], [255, 210, 190], dust * 1.5 - 0.4);
      return add(add(behind, tint, amount * 0.72), [1, 1, 1], star);
    },
    { bottom },
  );
}
