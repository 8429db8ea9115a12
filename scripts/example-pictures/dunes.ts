import { add, type Easel, mix, paintPixels, type Rgb, ramp, rgb, smooth } from './canvas.ts';
import { paintMilkyWay } from './milky-way.ts';
import { createNoise, fractal } from './noise.ts';
import { glow, paintStars } from './stars.ts';

interface DuneLight {
  readonly lit: Rgb;
  readonly shade: Rgb;
  readonly haze: Rgb;
}

/** Sand under the stars. */
export function paintDesertNight(easel: Easel): void {
  const { width, height } = easel;
  const sky = ramp([
    [0, rgb('#050918')],
    [0.4, rgb('#101c40')],
    [0.66, rgb('#2f3f6c')],
    [0.75, rgb('#5c5f86')],
  ]);
  paintPixels(easel, (_x, y) => sky(y / height));
  paintMilkyWay(easel, { bottom: height * 0.7, lean: -0.55, centre: 0.6, seed: 15 });
  paintStars(easel, { count: 1500, bottom: height * 0.72 });
  paintDunes(easel, { lit: rgb('#6f7596'), shade: rgb('#151a38'), haze: rgb('#4c5480') });
  void width;
}

/** The same sand with the sun just up. */
export function paintDesertDawn(easel: Easel): void {
  const { width, height } = easel;
  const sky = ramp([
    [0, rgb('#31558f')],
    [0.35, rgb('#8d93b4')],
    [0.58, rgb('#f0b48c')],
    [0.7, rgb('#ffdca6')],
  ]);
  paintPixels(easel, (_x, y) => sky(y / height));
  const sun = { x: width * 0.2, y: height * 0.6 };
  glow(easel, { ...sun, radius: height * 0.75, color: [255, 190, 110], alpha: 0.85, blend: 'screen' });
  glow(easel, { ...sun, radius: height * 0.09, color: [255, 250, 225], alpha: 1, blend: 'screen' });
  glow(easel, { ...sun, radius: height * 0.06, color: [255, 250, 225], alpha: 1, blend: 'screen' });
  paintDunes(easel, { lit: rgb('#f0a860'), shade: rgb('#6d3b3a'), haze: rgb('#f3bf92') });
}

const layers = 5;

/** Dunes one behind the other: a sharp crest, light on the left slope, shade on the right, ripples in the sand. */
function paintDunes(easel: Easel, light: DuneLight): void {
  const { context, width, height } = easel;
  const sand = fractal(createNoise(77), 4);
  const before = context.getImageData(0, 0, width, height).data;
  const dunes = Array.from({ length: layers }, (_, layer) => dune(easel, layer));
  paintPixels(
    easel,
    (x, y) => {
      const layer = dunes.findLastIndex(({ top }) => y >= top(x));
      const index = (y * width + x) * 4;
      const behind: Rgb = [before[index] ?? 0, before[index + 1] ?? 0, before[index + 2] ?? 0];
      const shape = dunes[layer];
      if (shape === undefined) return behind;
      const depth = layer / (layers - 1);
      const below = (y - shape.top(x)) / height;
      const spine = shape.spine(x, below);
      const ripple = sand((x + below * 900) / (12 + 30 * depth), y / (3 + 5 * depth)) - 0.5;
      const brightness = spine + ripple * 0.2 * depth - below * 0.35;
      const color = mix(light.shade, light.lit, brightness);
      const edge = smooth((y - shape.top(x)) / 1.5);
      return mix(behind, add(mix(light.haze, color, 0.3 + 0.7 * depth ** 0.7), light.lit, 0.03), edge);
    },
    { top: height * 0.4 },
  );
}

interface Dune {
  /** Its outline, in pixels from the top. */
  top(x: number): number;
  /** 1 on the lit side, 0 on the other; the crest winds down between them. */
  spine(x: number, below: number): number;
}

function dune({ width, height }: Easel, layer: number): Dune {
  const noise = createNoise(200 + layer * 13);
  const depth = layer / (layers - 1);
  const base = 0.62 + 0.27 * depth;
  const frequency = (4.2 - 2.6 * depth) / width;
  const top = (x: number): number => {
    const phase = noise(x * frequency * 0.6, layer) * 3 + x * frequency + layer * 1.7;
    const saw = Math.abs((((phase % 2) + 2) % 2) - 1);
    const rounded = saw ** 1.35;
    return (base - rounded * (0.07 + 0.09 * depth)) * height;
  };
  const spine = (x: number, below: number): number => {
    const bend = noise(below * 7 + layer, 3) * 0.35 - 0.17 + below * 0.9;
    const phase = noise(x * frequency * 0.6, layer) * 3 + x * frequency + layer * 1.7 + bend;
    const position = ((phase % 2) + 2) % 2;
    return (
      0.5 +
      0.5 *
        (smooth((position - 1) * 14 + 0.5) * 2 - 1) *
        (position > 1 && position > 1.96 ? (2 - position) * 25 : 1)
    );
  };
  return { top, spine };
}
