import { css, type Easel, mix, paintPixels, rgb } from './canvas.ts';
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

/** A ginkgo leaf alone: nothing behind it. */
export function paintGinkgo({ context, width, height, random }: Easel): void {
  const foot = { x: width * 0.5, y: height * 0.66 };
  const reach = width * 0.46;
  const spread = Math.PI * 0.43;
  const edge = (share: number): number => {
    const fromMiddle = share * 2 - 1;
    const notch = 0.34 * Math.exp(-((fromMiddle / 0.055) ** 2));
    const lobes = 0.025 * Math.sin(share * 41) + 0.018 * Math.sin(share * 23 + 1);
    return reach * (1 - notch + lobes - 0.12 * Math.abs(fromMiddle) ** 5);
  };
  const at = (share: number, part = 1) => {
    const angle = -Math.PI / 2 + (share * 2 - 1) * spread;
    const distance = edge(share) * part;
    return [foot.x + Math.cos(angle) * distance * 1.06, foot.y + Math.sin(angle) * distance] as const;
  };
  const gold = context.createRadialGradient(foot.x, foot.y, reach * 0.1, foot.x, foot.y, reach);
  gold.addColorStop(0, '#b9a13c');
  gold.addColorStop(0.5, '#f0b92e');
  gold.addColorStop(1, '#f7cf55');
  context.fillStyle = gold;
  context.beginPath();
  context.moveTo(foot.x, foot.y);
  for (let step = 0; step <= 400; step += 1) context.lineTo(...at(step / 400));
  context.closePath();
  context.fill();
  context.lineCap = 'round';
  for (let vein = 0; vein <= 110; vein += 1) {
    const share = vein / 110;
    context.strokeStyle = random() < 0.5 ? 'rgba(128, 88, 14, 0.34)' : 'rgba(255, 240, 190, 0.3)';
    context.lineWidth = width * 0.0016;
    context.beginPath();
    context.moveTo(foot.x, foot.y);
    context.quadraticCurveTo(...at(0.5 + (share - 0.5) * 0.8, 0.5), ...at(share, 0.97));
    context.stroke();
  }
  context.strokeStyle = '#b08f34';
  context.lineWidth = width * 0.012;
  context.beginPath();
  context.moveTo(foot.x, foot.y - height * 0.01);
  context.quadraticCurveTo(foot.x + width * 0.01, height * 0.82, foot.x + width * 0.07, height * 0.94);
  context.stroke();
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

function paintFrond({ context, random }: Easel, { start, length, side, along }: Frond): void {
  const leaflets = Math.max(4, Math.round(length / 17));
  const rise = -0.28 - 0.55 * along;
  context.strokeStyle = css(oldGreen);
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.quadraticCurveTo(
    start.x + side * length * 0.5 * Math.cos(rise),
    start.y + length * 0.5 * Math.sin(rise),
    start.x + side * length * Math.cos(rise),
    start.y + length * (Math.sin(rise) + 0.22),
  );
  context.stroke();
  for (let leaflet = 0; leaflet < leaflets; leaflet += 1) {
    const share = leaflet / leaflets;
    const droop = 0.22 * share ** 2;
    const x = start.x + side * length * share * Math.cos(rise);
    const y = start.y + length * share * (Math.sin(rise) + droop);
    const long = length * 0.085 * (1 - share) ** 0.6 + 8;
    context.fillStyle = css(mix(oldGreen, youngGreen, 0.25 + 0.5 * share * along + 0.35 * random()));
    for (const turn of [-1, 1]) {
      const angle = Math.atan2(Math.sin(rise) + droop, side * Math.cos(rise)) + turn * side * 1.05;
      context.beginPath();
      context.ellipse(
        x + Math.cos(angle) * long * 0.5,
        y + Math.sin(angle) * long * 0.5,
        long * 0.56,
        long * 0.2 + 2,
        angle,
        0,
        Math.PI * 2,
      );
      context.fill();
    }
  }
}
