import { createCanvas } from '@napi-rs/canvas';
import { add, type Easel, mix, paintPixels, type Rgb } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';

/** Mirrors what is above `waterline` (pixels from the top) in rippled water below it. */
export function paintReflection(
  easel: Easel,
  water: { waterline: number; tint: Rgb; darkness: number; ripple: number; seed: number },
): void {
  const { width, height } = easel;
  const { waterline, tint, darkness, ripple, seed } = water;
  const above = verticallyBlurred(easel, waterline, height * 0.012);
  const noise = fractal(createNoise(seed), 3);
  paintPixels(
    easel,
    (x, y) => {
      const down = (y - waterline) / (height - waterline);
      const stretch = 5 + 60 / (0.25 + down * 2.2);
      const wave = noise((x / width) * 9 * (1.4 - down), (down * stretch) / (0.12 + down * 0.4)) - 0.5;
      const sourceX = Math.round(x + wave * ripple * width * (0.006 + 0.03 * down));
      const sourceY = Math.round(
        waterline - 2 - (y - waterline) * 0.92 + wave * ripple * height * (0.02 + 0.16 * down),
      );
      const mirrored = above(sourceX, sourceY);
      return add(
        mix(mirrored, tint, darkness * (0.55 + 0.45 * down)),
        [60, 70, 90],
        Math.max(0, wave) * 0.16 * ripple,
      );
    },
    { top: waterline },
  );
}

/** Reads the picture above the waterline, smeared up and down as water does with lights. */
function verticallyBlurred(
  { canvas, width }: Easel,
  waterline: number,
  reach: number,
): (x: number, y: number) => Rgb {
  const small = createCanvas(width, Math.ceil(waterline));
  const context = small.getContext('2d');
  const steps = 9;
  for (let step = 0; step < steps; step += 1) {
    context.globalAlpha = 1 / (step + 1);
    context.drawImage(canvas, 0, (step / (steps - 1) - 0.5) * 2 * reach);
  }
  const { data } = context.getImageData(0, 0, small.width, small.height);
  return (x, y) => {
    const column = Math.max(0, Math.min(width - 1, x));
    const row = Math.max(0, Math.min(small.height - 1, y));
    const index = (row * width + column) * 4;
    return [data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0];
  };
}
