import type { Easel } from './canvas.ts';

/** A ginkgo leaf alone: nothing behind it. */
export function paintGinkgo(easel: Easel): void {
  const leaf = ginkgoLeaf(easel);
  paintBlade(easel, leaf);
  paintVeins(easel, leaf);
  const { context, width, height } = easel;
  context.strokeStyle = '#b08f34';
  context.lineWidth = width * 0.012;
  context.beginPath();
  context.moveTo(leaf.foot.x, leaf.foot.y - height * 0.01);
  context.quadraticCurveTo(leaf.foot.x + width * 0.01, height * 0.82, width * 0.57, height * 0.94);
  context.stroke();
}

/** A fan about its foot. */
interface Fan {
  readonly foot: { readonly x: number; readonly y: number };
  /** Pixels, from the foot to the edge. */
  readonly reach: number;
  /** A point of it: how far from its left side to its right one, and from its foot, 0, to its edge, 1. */
  at(share: number, part?: number): readonly [number, number];
}

function ginkgoLeaf({ width, height }: Easel): Fan {
  const foot = { x: width * 0.5, y: height * 0.66 };
  const reach = width * 0.46;
  const spread = Math.PI * 0.43;
  const edge = (share: number): number => {
    const fromMiddle = share * 2 - 1;
    const notch = 0.34 * Math.exp(-((fromMiddle / 0.055) ** 2));
    const lobes = 0.025 * Math.sin(share * 41) + 0.018 * Math.sin(share * 23 + 1);
    return reach * (1 - notch + lobes - 0.12 * Math.abs(fromMiddle) ** 5);
  };
  return {
    ...{ foot, reach },
    at(share, part = 1) {
      const angle = -Math.PI / 2 + (share * 2 - 1) * spread;
      const distance = edge(share) * part;
      return [foot.x + Math.cos(angle) * distance * 1.06, foot.y + Math.sin(angle) * distance];
    },
  };
}

function paintBlade({ context }: Easel, { foot, reach, at }: Fan): void {
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
}

function paintVeins({ context, width, random }: Easel, { foot, at }: Fan): void {
  context.lineCap = 'round';
  context.lineWidth = width * 0.0016;
  for (let vein = 0; vein <= 110; vein += 1) {
    const share = vein / 110;
    context.strokeStyle = random() < 0.5 ? 'rgba(128, 88, 14, 0.34)' : 'rgba(255, 240, 190, 0.3)';
    context.beginPath();
    context.moveTo(foot.x, foot.y);
    context.quadraticCurveTo(...at(0.5 + (share - 0.5) * 0.8, 0.5), ...at(share, 0.97));
    context.stroke();
  }
}
