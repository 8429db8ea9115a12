import { css, type Easel, mix, paintPixels, type Rgb, ramp, rgb } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';
import { paintReflection } from './reflection.ts';
import { glow } from './stars.ts';

const windowColors: readonly Rgb[] = ['#ffd9a0', '#ffc37a', '#fff0d2', '#ffb35c', '#cfe2ff'].map(rgb);

/** A harbour city at night and its lights in the water. */
export function paintNightCity(easel: Easel): void {
  const { width, height } = easel;
  const waterline = Math.round(height * 0.64);
  const sky = ramp([
    [0, rgb('#060a1c')],
    [0.45, rgb('#142248')],
    [0.8, rgb('#3a3a6e')],
    [1, rgb('#8a5a78')],
  ]);
  const cloud = fractal(createNoise(21), 5);
  paintPixels(
    easel,
    (x, y) => {
      const haze = Math.max(0, cloud((x / width) * 3.2, (y / width) * 7) - 0.44) * 1.5 * (y / waterline);
      return mix(sky(y / waterline), [176, 130, 140], haze);
    },
    { bottom: waterline },
  );
  const unit = width / 2400;
  const rows = [
    { low: 0.08, high: 0.3, color: rgb('#3d3f6b'), lit: 0.16, wide: 90 },
    { low: 0.06, high: 0.4, color: rgb('#232850'), lit: 0.3, wide: 100 },
    { low: 0.04, high: 0.27, color: rgb('#10142e'), lit: 0.36, wide: 120 },
  ];
  for (const [depth, row] of rows.entries()) paintBuildings(easel, { ...row, waterline, unit, depth });
  const lamps = paintQuay(easel, waterline, unit);
  paintReflection(easel, { waterline, tint: rgb('#050816'), darkness: 0.3, ripple: 1, seed: 8 });
  for (const lamp of lamps) paintStreak(easel, { x: lamp, waterline, unit });
}

interface BuildingRow {
  readonly low: number;
  readonly high: number;
  readonly color: Rgb;
  /** Share of the windows that are lit. */
  readonly lit: number;
  readonly wide: number;
  readonly waterline: number;
  readonly unit: number;
  readonly depth: number;
}

function paintBuildings(easel: Easel, row: BuildingRow): void {
  const { width, height, random } = easel;
  const { waterline, unit } = row;
  for (let x = -60 * unit; x < width; ) {
    const wide = row.wide * unit * (0.55 + random() * 0.9);
    const centre = Math.exp(-(((x / width - 0.58) * 2.6) ** 2));
    const tall =
      height * (row.low + (row.high - row.low) * (0.25 * random() + 0.75 * random() * centre + 0.08));
    paintBuilding(easel, { ...row, x, wide, tall: tall + 12 * unit });
    x += wide + (random() < 0.3 ? random() * 30 * unit : 0);
  }
  const { context } = easel;
  const haze = context.createLinearGradient(0, waterline - height * 0.2, 0, waterline);
  haze.addColorStop(0, 'rgba(138, 96, 130, 0)');
  haze.addColorStop(1, `rgba(138, 96, 130, ${0.26 - row.depth * 0.1})`);
  context.fillStyle = haze;
  context.fillRect(0, waterline - height * 0.2, width, height * 0.2);
}

function paintBuilding(
  easel: Easel,
  building: BuildingRow & { x: number; wide: number; tall: number },
): void {
  const { context, random } = easel;
  const { x, wide, tall, waterline, color, unit } = building;
  const top = waterline - tall;
  const gradient = context.createLinearGradient(x, top, x + wide, top);
  gradient.addColorStop(0, css(mix(color, [255, 200, 180], 0.06)));
  gradient.addColorStop(1, css(mix(color, [0, 0, 20], 0.25)));
  context.fillStyle = gradient;
  context.fillRect(x, top, wide, tall);
  const roof = random();
  if (roof < 0.22) context.fillRect(x + wide * 0.3, top - 16 * unit, wide * 0.4, 17 * unit);
  if (roof > 0.82 && tall > 300 * unit) paintMast(easel, { x: x + wide / 2, top, unit });
  paintWindows(easel, { ...building, top });
}

function paintMast(easel: Easel, { x, top, unit }: { x: number; top: number; unit: number }): void {
  const tall = (50 + easel.random() * 60) * unit;
  easel.context.fillRect(x - 1.5 * unit, top - tall, 3 * unit, tall);
  glow(easel, { x, y: top - tall, radius: 26 * unit, color: [255, 80, 70], alpha: 0.9 });
}

function paintWindows(easel: Easel, building: BuildingRow & { x: number; wide: number; top: number }): void {
  const { context, random } = easel;
  const { x, wide, top, waterline, unit, depth } = building;
  const across = (9 + depth * 3) * unit;
  const down = (13 + depth * 3) * unit;
  const tint = windowColors[Math.floor(random() * windowColors.length)] ?? [255, 217, 160];
  const lit = building.lit * (0.4 + random());
  for (let row = top + down; row < waterline - down; row += down) {
    const isFloorLit = random() < 0.06;
    for (let column = x + across * 0.8; column < x + wide - across; column += across) {
      if (random() > (isFloorLit ? 0.85 : lit)) continue;
      context.fillStyle = css(tint, 0.3 + 0.7 * random());
      context.fillRect(column, row, across * 0.52, down * 0.5);
    }
  }
}

/** Lamps along the water. @returns where they stand, in pixels from the left. */
function paintQuay(easel: Easel, waterline: number, unit: number): number[] {
  const { context, width, random } = easel;
  const lamps: number[] = [];
  context.fillStyle = '#0a0d20';
  context.fillRect(0, waterline - 9 * unit, width, 10 * unit);
  for (let x = 20 * unit; x < width; x += (46 + random() * 40) * unit) {
    const y = waterline - 20 * unit;
    glow(easel, { x, y, radius: 46 * unit, color: [255, 190, 110], alpha: 0.75 });
    glow(easel, { x, y, radius: 7 * unit, color: [255, 240, 215], alpha: 1 });
    lamps.push(x);
  }
  return lamps;
}

/** A lamp's light in the water: dashes that grow longer and fainter towards us. */
function paintStreak(
  easel: Easel,
  { x, waterline, unit }: { x: number; waterline: number; unit: number },
): void {
  const { context, height, random } = easel;
  const reach = (height - waterline) * (0.35 + 0.4 * random());
  context.save();
  context.globalCompositeOperation = 'lighter';
  for (let down = 4 * unit; down < reach; down += (3 + random() * 5) * unit) {
    const share = down / reach;
    const sway = (random() - 0.5) * (4 + 22 * share) * unit;
    context.fillStyle = css([255, 186, 112], (0.5 + 0.3 * random()) * (1 - share) ** 1.4);
    context.beginPath();
    const long = (4 + 12 * share * random()) * unit;
    context.ellipse(x + sway, waterline + down, long, 1.5 * unit, 0, 0, Math.PI * 2);
    context.fill();
  }
  context.restore();
}
