import { css, type Easel, mix, paintPixels, type Rgb, rgb } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';

const paper = rgb('#efe6d0');
const shade = rgb('#d8c8a4');
const youngGreen = rgb('#7d9a4e');
const oldGreen = rgb('#3c5f3d');

/** A fern between the sheets of a herbarium, upright. */
export function paintFern(easel: Easel): void {
  const { width, height } = easel;
  paintSheet(easel);
  const foot = { x: width * 0.5, y: height * 0.93 };
  const tip = { x: width * 0.53, y: height * 0.09 };
  paintStem(easel, foot, tip);
  const pairs = 19;
  for (let pair = 0; pair < pairs; pair += 1) {
    const along = 0.1 + (0.88 * pair) / pairs;
    const length = width * 0.4 * Math.sin(Math.PI * (0.2 + 0.8 * along)) ** 0.8 * (1.12 - 0.55 * along);
    for (const side of [-1, 1]) {
      const start = {
        x: foot.x + (tip.x - foot.x) * along,
        y: foot.y + (tip.y - foot.y) * along + side * height * 0.004,
      };
      paintFrond(easel, { start, length: length * (0.94 + easel.random() * 0.12), side, along });
    }
  }
}

function paintSheet(easel: Easel): void {
  const grain = fractal(createNoise(12), 4);
  const { width, height } = easel;
  paintPixels(easel, (x, y) => {
    const fromMiddle = Math.hypot(x / width - 0.5, y / height - 0.5);
    return mix(paper, shade, 0.5 * fromMiddle ** 2 + 0.35 * (grain(x / 90, y / 90) - 0.4));
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function paintStem({ context, width }: Easel, foot: Point, tip: Point): void {
  context.fillStyle = css(mix(oldGreen, rgb('#5b3f22'), 0.6));
  context.beginPath();
  context.moveTo(foot.x - width * 0.008, foot.y);
  context.lineTo(tip.x, tip.y);
  context.lineTo(foot.x + width * 0.008, foot.y);
  context.fill();
}

interface Frond {
  readonly start: Point;
  /** Pixels. */
  readonly length: number;
  /** -1 to the left, 1 to the right. */
  readonly side: number;
  /** From the foot of the stem, 0, to its tip, 1. */
  readonly along: number;
}

function paintFrond(easel: Easel, frond: Frond): void {
  const { start, length, side } = frond;
  const rise = -0.28 - 0.55 * frond.along;
  /** Where the rib is, from the stem, 0, to its tip, 1: it droops towards it. */
  const ribAt = (share: number): Point => ({
    x: start.x + side * length * share * Math.cos(rise),
    y: start.y + length * share * (Math.sin(rise) + droopAt(share)),
  });
  paintRib(easel, ribAt);
  const leaflets = Math.max(4, Math.round(length / 17));
  for (let leaflet = 0; leaflet < leaflets; leaflet += 1) {
    const share = leaflet / leaflets;
    const along = Math.atan2(Math.sin(rise) + droopAt(share), side * Math.cos(rise));
    const color = mix(oldGreen, youngGreen, 0.25 + 0.5 * share * frond.along + 0.35 * easel.random());
    const long = length * 0.085 * (1 - share) ** 0.6 + 8;
    for (const turn of [-1, 1]) {
      paintLeaflet(easel, { at: ribAt(share), angle: along + turn * side * 1.05, long, color });
    }
  }
}

function droopAt(share: number): number {
  return 0.22 * share ** 2;
}

function paintRib({ context }: Easel, ribAt: (share: number) => Point): void {
  context.strokeStyle = css(oldGreen);
  context.lineWidth = 3;
  context.beginPath();
  for (let step = 0; step <= 20; step += 1) {
    const { x, y } = ribAt(step / 20);
    context.lineTo(x, y);
  }
  context.stroke();
}

function paintLeaflet(
  { context }: Easel,
  leaflet: { readonly at: Point; readonly angle: number; readonly long: number; readonly color: Rgb },
): void {
  const { at, angle, long, color } = leaflet;
  const x = at.x + Math.cos(angle) * long * 0.5;
  const y = at.y + Math.sin(angle) * long * 0.5;
  context.fillStyle = css(color);
  context.beginPath();
  context.ellipse(x, y, long * 0.56, long * 0.2 + 2, angle, 0, Math.PI * 2);
  context.fill();
}
