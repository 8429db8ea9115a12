import { css, type Easel, mix, type Rgb } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';

export interface RidgeRange {
  readonly layers: number;
  /** Height of the farthest and nearest crests, as a share of the picture's height from its top. */
  readonly farTop: number;
  readonly nearTop: number;
  readonly farColor: Rgb;
  readonly nearColor: Rgb;
  /** What gathers in the valleys. */
  readonly mistColor: Rgb;
  readonly seed: number;
  /** How far crests rise and fall, as a share of the height. */
  readonly relief: number;
}

/** Mountain ridges one behind the other, the far ones pale, mist between them; firs on the nearest. */
export function paintRidges(easel: Easel, range: RidgeRange): void {
  const { context, width, height } = easel;
  for (let layer = 0; layer < range.layers; layer += 1) {
    const depth = layer / Math.max(1, range.layers - 1);
    const crest = crestLine(easel, range, layer);
    const color = mix(range.farColor, range.nearColor, depth ** 0.85);
    const top = (range.farTop + (range.nearTop - range.farTop) * depth - range.relief) * height;
    const gradient = context.createLinearGradient(0, top, 0, top + height * (0.3 + 0.25 * depth));
    gradient.addColorStop(0, css(color));
    gradient.addColorStop(1, css(mix(color, range.mistColor, 0.7 * (1 - depth) + 0.06)));
    context.fillStyle = gradient;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x += 2) context.lineTo(x, crest(x));
    context.lineTo(width, height);
    context.fill();
    if (layer === range.layers - 1) paintFirs(easel, crest, css(color));
  }
}

function crestLine({ width, height }: Easel, range: RidgeRange, layer: number): (x: number) => number {
  const depth = layer / Math.max(1, range.layers - 1);
  const noise = createNoise(range.seed + layer * 31);
  const shape = fractal(noise, 7);
  const frequency = (2.6 + layer * 0.55) / width;
  const base = (range.farTop + (range.nearTop - range.farTop) * depth) * height;
  return (x) => {
    const peak = 1 - Math.abs(2 * shape(x * frequency, layer * 3.1) - 1) ** 0.9;
    const swell = shape(x * frequency * 0.4 + 40, layer * 5.7);
    return base - (peak * 0.75 + swell * 0.5 - 0.6) * range.relief * height * (1 - 0.25 * depth);
  };
}

function paintFirs(
  { context, width, height, random }: Easel,
  crest: (x: number) => number,
  color: string,
): void {
  context.fillStyle = color;
  for (let x = -20; x < width + 20; x += 5 + random() * 16) {
    const tall = height * (0.018 + 0.05 * random() ** 2.2);
    paintFir(context, { x, foot: crest(x) + tall * 0.25, tall, lean: (random() - 0.5) * 0.06 });
  }
}

function paintFir(
  context: Easel['context'],
  { x, foot, tall, lean }: { x: number; foot: number; tall: number; lean: number },
): void {
  const tiers = 7;
  context.beginPath();
  context.moveTo(x + lean * tall, foot - tall);
  for (let tier = 1; tier <= tiers; tier += 1) {
    const y = foot - tall * (1 - tier / tiers);
    const reach = tall * 0.21 * (tier / tiers) ** 0.9;
    context.lineTo(x + reach, y);
    context.lineTo(x + reach * 0.5, y - tall * 0.015);
  }
  for (let tier = tiers; tier >= 1; tier -= 1) {
    const y = foot - tall * (1 - tier / tiers);
    const reach = tall * 0.21 * (tier / tiers) ** 0.9;
    context.lineTo(x - reach * 0.5, y - tall * 0.015);
    context.lineTo(x - reach, y);
  }
  context.fill();
}
