import { add, type Easel, mix, paintPixels, ramp, rgb } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';
import { paintReflection } from './reflection.ts';
import { paintRidges } from './ridges.ts';
import { paintStars } from './stars.ts';

/** Curtains of northern light over mountains and a still lake. */
export function paintAuroraLake(easel: Easel): void {
  const { height } = easel;
  const waterline = Math.round(height * 0.68);
  const sky = ramp([
    [0, rgb('#040816')],
    [0.6, rgb('#0b1d38')],
    [1, rgb('#1b4a58')],
  ]);
  paintPixels(easel, (_x, y) => sky(y / waterline), { bottom: waterline });
  paintStars(easel, { count: 900, bottom: waterline });
  paintCurtains(easel, waterline);
  paintRidges(easel, {
    layers: 3,
    farTop: 0.6,
    nearTop: 0.672,
    farColor: rgb('#123240'),
    nearColor: rgb('#04090f'),
    mistColor: rgb('#1f5a5c'),
    seed: 63,
    relief: 0.12,
  });
  paintReflection(easel, { waterline, tint: rgb('#020810'), darkness: 0.38, ripple: 0.6, seed: 3 });
}

interface Curtain {
  readonly base: number;
  readonly sway: number;
  readonly tall: number;
  readonly strength: number;
  readonly seed: number;
}

const curtains: readonly Curtain[] = [
  { base: 0.46, sway: 0.16, tall: 0.3, strength: 1, seed: 4 },
  { base: 0.36, sway: 0.2, tall: 0.26, strength: 0.7, seed: 9 },
  { base: 0.53, sway: 0.08, tall: 0.2, strength: 0.5, seed: 14 },
];

function paintCurtains(easel: Easel, waterline: number): void {
  const { context, width, height } = easel;
  const before = context.getImageData(0, 0, width, waterline).data;
  const lights = curtains.map((curtain) => curtainLight(curtain));
  const color = ramp([
    [0, rgb('#b8ffd0')],
    [0.12, rgb('#4dffa6')],
    [0.42, rgb('#22c99a')],
    [0.7, rgb('#5a6fd8')],
    [1, rgb('#a04bd0')],
  ]);
  paintPixels(
    easel,
    (x, y) => {
      const index = (y * width + x) * 4;
      let pixel: readonly [number, number, number] = [
        before[index] ?? 0,
        before[index + 1] ?? 0,
        before[index + 2] ?? 0,
      ];
      for (const light of lights) {
        const { amount, rise } = light(x / width, y / height);
        if (amount > 0.002) pixel = add(mix(pixel, color(rise), amount * 0.2), color(rise), amount * 0.72);
      }
      return pixel;
    },
    { bottom: waterline },
  );
}

function curtainLight(curtain: Curtain): (x: number, y: number) => { amount: number; rise: number } {
  const fold = fractal(createNoise(curtain.seed), 3);
  const ray = fractal(createNoise(curtain.seed + 1), 4);
  const patch = fractal(createNoise(curtain.seed + 2), 2);
  return (x, y) => {
    const base = curtain.base + (fold(x * 3.4 + 7, 0.5) - 0.5) * curtain.sway * 2;
    const lean = x + (base - y) * 0.12;
    const rays = 0.25 + 1.1 * ray(lean * 46, curtain.seed) ** 1.6 + 0.3 * ray(lean * 9, 3);
    const tall = curtain.tall * (0.5 + rays * 0.7);
    const rise = (base - y) / tall;
    const soft = rise < 0 ? Math.exp(-((rise / 0.055) ** 2)) : Math.exp(-rise * 2.1);
    const presence = Math.max(0, patch(x * 3.1 + curtain.seed, 2) - 0.2) * 1.7;
    return { amount: Math.min(1, soft * rays * presence * curtain.strength), rise: Math.max(0, rise) };
  };
}
