import { css, type Easel, mix, paintPixels, type Rgb, ramp, rgb } from './canvas.ts';
import { paintMilkyWay } from './milky-way.ts';
import { paintRidges } from './ridges.ts';
import { paintStars } from './stars.ts';

/** The Milky Way over dark mountains. */
export function paintMilkyWayMountains(easel: Easel): void {
  const { height } = easel;
  const sky = ramp([
    [0, rgb('#040813')],
    [0.5, rgb('#0d1a38')],
    [0.78, rgb('#2a4566')],
    [0.9, rgb('#557083')],
  ]);
  paintPixels(easel, (_x, y) => sky(y / height));
  paintMilkyWay(easel, { bottom: height * 0.86, lean: 0.5, centre: 0.42, seed: 5 });
  paintStars(easel, { count: 1700, bottom: height * 0.85 });
  paintNightRidges(easel, 71);
}

/** An hour of stars turning about the pole. */
export function paintStarTrails(easel: Easel): void {
  const { width, height } = easel;
  const sky = ramp([
    [0, rgb('#060b1c')],
    [0.6, rgb('#14284c')],
    [0.92, rgb('#4a6280')],
  ]);
  paintPixels(easel, (_x, y) => sky(y / height));
  paintTrails(easel, { x: width * 0.64, y: height * 0.4 });
  paintNightRidges(easel, 88);
}

const trailColors: readonly Rgb[] = [
  [255, 255, 255],
  [190, 210, 255],
  [255, 225, 190],
];

function paintTrails({ context, width, height, random }: Easel, pole: { x: number; y: number }): void {
  context.save();
  context.globalCompositeOperation = 'lighter';
  context.lineCap = 'round';
  const farthest = Math.hypot(width, height) * 0.78;
  for (let star = 0; star < 1_500; star += 1) {
    const reach = 6 + farthest * Math.sqrt(random());
    const start = random() * Math.PI * 2;
    const brightness = random() ** 2.6;
    const tint = trailColors[Math.floor(random() * trailColors.length)] ?? [255, 255, 255];
    context.strokeStyle = css(mix([120, 150, 200], tint, 0.4 + 0.6 * brightness), 0.16 + 0.6 * brightness);
    context.lineWidth = 1.1 + 2 * brightness;
    context.beginPath();
    context.arc(pole.x, pole.y, reach, start, start + 0.5);
    context.stroke();
  }
  context.restore();
}

function paintNightRidges(easel: Easel, seed: number): void {
  paintRidges(easel, {
    layers: 4,
    farTop: 0.8,
    nearTop: 0.93,
    farColor: rgb('#34506a'),
    nearColor: rgb('#04070f'),
    mistColor: rgb('#6d8798'),
    seed,
    relief: 0.16,
  });
}
