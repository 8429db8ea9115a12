import { add, css, type Easel, mix, paintPixels, type Rgb, screen, smooth } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';

export interface SeaScene {
  /** As a share of the height. */
  readonly horizon: number;
  /** Where the sun or moon stands: shares of width and height. */
  readonly light: { readonly x: number; readonly y: number; readonly radius: number };
  readonly lightColor: Rgb;
  /** By height: 0 at the top of the picture, 1 at the horizon. */
  sky(high: number): Rgb;
  readonly deep: Rgb;
  /** Width of the path of light; 1 for a light breeze. */
  readonly wind: number;
  readonly seed: number;
  /** How thick the clouds are, 0 to 1. */
  readonly clouds: number;
}

/** A sea under a low sun or moon, with the path of light that waves make: each pixel mirrors the sky by its slope. */
export function paintSea(easel: Easel, scene: SeaScene): void {
  const horizon = scene.horizon * easel.height;
  const skyAt = skyOf(easel, scene);
  paintPixels(easel, (x, y) => skyAt(x, y), { bottom: horizon });
  const water = waterOf(easel, scene, skyAt);
  paintPixels(easel, water, { top: horizon });
  softenHorizon(easel, scene);
  paintGlitter(easel, scene);
}

function skyOf({ width, height }: Easel, scene: SeaScene): (x: number, y: number) => Rgb {
  const cloud = fractal(createNoise(scene.seed), 5);
  const unit = Math.max(width, height);
  return (x, y) => {
    const high = Math.max(0, y / (scene.horizon * height));
    const reach = Math.hypot(x - scene.light.x * width, y - scene.light.y * height) / unit;
    const disc = smooth((scene.light.radius - reach) / (scene.light.radius * 0.06) + 0.5);
    const halo = Math.exp(-reach / 0.035) * 0.75 + Math.exp(-reach / 0.16) * 0.42;
    const streak = Math.max(0, cloud((x / unit) * 4.5 + 3, (y / unit) * 24) - 0.52) * 3 * scene.clouds;
    const lit = mix(scene.sky(high), scene.lightColor, streak * (0.12 + 0.75 * Math.exp(-reach / 0.2)));
    return mix(screen(lit, scene.lightColor, halo * 0.8), mix(scene.lightColor, [255, 252, 240], 0.9), disc);
  };
}

function waterOf(
  { width, height }: Easel,
  scene: SeaScene,
  skyAt: (x: number, y: number) => Rgb,
): (x: number, y: number) => Rgb {
  const swell = fractal(createNoise(scene.seed + 5), 5);
  const horizon = scene.horizon * height;
  const unit = Math.max(width, height);
  return (x, y) => {
    const down = (y - horizon + 0.6) / (height - horizon);
    const distance = 1 / (down + 0.025);
    const across = ((x - scene.light.x * width) / unit) * distance;
    const calmed = Math.min(1, 7 / distance);
    const wave = (swell(across * 7 + 300, distance * 19) - 0.5) * calmed;
    const mirrored = Math.max(0, horizon * (1 - 0.85 * down) - wave * height * 0.3);
    const tilt = (x - scene.light.x * width) / pathWidth(scene, down, unit);
    const path = Math.exp(-(tilt ** 2) * 0.5) * (0.34 - 0.16 * down) * (1 + wave * 3);
    const depthShare = 0.3 + 0.56 * down ** 0.6 - wave * 0.75;
    return add(mix(skyAt(x, mirrored), scene.deep, depthShare), scene.lightColor, path);
  };
}

/** In pixels; the path of light opens towards whoever looks. */
function pathWidth(scene: SeaScene, down: number, unit: number): number {
  return unit * (0.02 + 0.062 * down ** 0.8 * scene.wind + 0.006 * scene.wind);
}

/** Sparks where a wavelet leans just right: thin lenses of light, fine and dense far off, wide apart near by. */
function paintGlitter(easel: Easel, scene: SeaScene): void {
  const { context, width, height, random } = easel;
  const unit = Math.max(width, height);
  const horizon = scene.horizon * height;
  context.save();
  context.globalCompositeOperation = 'lighter';
  const sparks = (height - horizon) * 6.2;
  for (let spark = 0; spark < sparks; spark += 1) {
    const down = random() ** 1.9;
    const side = (random() + random() + random() - 1.5) * 1.7;
    const x = scene.light.x * width + side * pathWidth(scene, down, unit);
    const long = (unit / 2400) * (2.2 + 30 * down * (0.25 + random() ** 2));
    const strength = (0.2 + 0.8 * random()) * (1 - 0.45 * down) * Math.exp(-(side ** 2) * 0.35);
    context.fillStyle = css(mix(scene.lightColor, [255, 255, 255], random() * 0.55), strength);
    context.beginPath();
    const y = horizon + 1 + down * (height - horizon);
    context.ellipse(x, y, long, Math.max(0.8, long * 0.13), (random() - 0.5) * 0.12, 0, Math.PI * 2);
    context.fill();
  }
  context.restore();
}

/** Air between us and the far water. */
function softenHorizon({ context, width, height }: Easel, scene: SeaScene): void {
  const y = scene.horizon * height;
  const reach = height * 0.03;
  const [red, green, blue] = scene.sky(1);
  const gradient = context.createLinearGradient(0, y - reach, 0, y + reach);
  const color = (alpha: number): string => `rgba(${red}, ${green}, ${blue}, ${alpha})`;
  gradient.addColorStop(0, color(0));
  gradient.addColorStop(0.5, color(0.5));
  gradient.addColorStop(1, color(0));
  context.fillStyle = gradient;
  context.fillRect(0, y - reach, width, reach * 2);
}
