import { add, type Easel, mix, paintPixels, ramp, rgb } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';
import { paintRidges } from './ridges.ts';
import { paintStars } from './stars.ts';

/** Ridges in the mist just after sunset, the first stars above. */
export function paintDuskMountains(easel: Easel): void {
  const { width, height } = easel;
  const sky = ramp([
    [0, rgb('#0a1030')],
    [0.28, rgb('#27306a')],
    [0.46, rgb('#6d4a86')],
    [0.58, rgb('#cf6f7c')],
    [0.68, rgb('#f7b27f')],
    [0.75, rgb('#ffe0ad')],
  ]);
  const cloud = fractal(createNoise(11), 5);
  paintPixels(
    easel,
    (x, y) => {
      const across = (x / width - 0.64) * 1.5;
      const high = y / height;
      const sunlight = Math.exp(-(across ** 2) * 2.2 - ((high - 0.66) * 5) ** 2);
      const streak = Math.max(0, cloud((x / width) * 5 + high * 4, high * 26) - 0.5) * 2.6;
      const lit = mix(sky(high), rgb('#ff9c86'), streak * Math.exp(-(((high - 0.44) * 5) ** 2)) * 0.75);
      return add(lit, [120, 70, 30], sunlight * 0.9);
    },
    { bottom: height * 0.9 },
  );
  paintStars(easel, { count: 620, bottom: height * 0.46 });
  paintRidges(easel, {
    layers: 7,
    farTop: 0.64,
    nearTop: 0.93,
    farColor: rgb('#c98a97'),
    nearColor: rgb('#0d0f26'),
    mistColor: rgb('#f4bfa0'),
    seed: 5,
    relief: 0.2,
  });
}
