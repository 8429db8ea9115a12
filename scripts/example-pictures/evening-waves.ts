import type { SKRSContext2D } from '@napi-rs/canvas';
import { type Easel, seededRandom } from './canvas.ts';

export const evening = { seconds: 6 };

const turn = 2 * Math.PI;
const rowCount = 9;

/**
 * Paints the sea under a low sun at one moment.
 *
 * @param moment 0 to 1 through the clip; everything moves in whole turns, so 1 looks like 0.
 */
export function paintEvening(easel: Easel, moment: number): void {
  const { context, width, height } = easel;
  const horizon = height * 0.46;
  paintSky(context, { width, horizon });
  paintSun(context, { x: width * 0.62, y: horizon - height * 0.07, radius: height * 0.075 });
  paintDistance(context, { width, horizon });
  for (let row = 0; row < rowCount; row += 1) paintWave(easel, { row, moment, horizon });
  paintGlitter(easel, { moment, horizon });
  paintVignette(context, { width, height });
}

function paintSky(context: SKRSContext2D, { width, horizon }: { width: number; horizon: number }): void {
  const sky = context.createLinearGradient(0, 0, 0, horizon);
  for (const [stop, color] of [
    [0, '#26335f'],
    [0.45, '#7a5a86'],
    [0.75, '#d88469'],
    [1, '#ffc27a'],
  ] as const) {
    sky.addColorStop(stop, color);
  }
  context.fillStyle = sky;
  context.fillRect(0, 0, width, horizon + 1);
}

function paintSun(context: SKRSContext2D, sun: { x: number; y: number; radius: number }): void {
  const glow = context.createRadialGradient(sun.x, sun.y, sun.radius * 0.6, sun.x, sun.y, sun.radius * 5);
  glow.addColorStop(0, 'rgba(255, 231, 180, 0.75)');
  glow.addColorStop(0.3, 'rgba(255, 190, 120, 0.28)');
  glow.addColorStop(1, 'rgba(255, 160, 110, 0)');
  context.fillStyle = glow;
  context.fillRect(sun.x - sun.radius * 5, sun.y - sun.radius * 5, sun.radius * 10, sun.radius * 10);
  context.fillStyle = '#fff3d6';
  context.beginPath();
  context.arc(sun.x, sun.y, sun.radius, 0, turn);
  context.fill();
}

/** Two headlands in the haze. */
function paintDistance(context: SKRSContext2D, { width, horizon }: { width: number; horizon: number }): void {
  for (const [color, from, to, rise] of [
    ['rgba(122, 84, 120, 0.75)', -0.05, 0.42, 0.16],
    ['rgba(92, 68, 112, 0.9)', -0.05, 0.27, 0.1],
    ['rgba(110, 78, 118, 0.8)', 0.84, 1.08, 0.07],
  ] as const) {
    context.fillStyle = color;
    context.beginPath();
    context.moveTo(from * width, horizon);
    for (let share = 0; share <= 1; share += 0.02) {
      const ridge =
        Math.sin(Math.PI * share) ** 0.8 + 0.12 * Math.sin(share * 19) + 0.05 * Math.sin(share * 47);
      context.lineTo((from + (to - from) * share) * width, horizon - Math.max(0, ridge) * rise * horizon);
    }
    context.lineTo(to * width, horizon);
    context.fill();
  }
}

interface WavePlace {
  readonly row: number;
  readonly moment: number;
  readonly horizon: number;
}

/** Rows grow towards the viewer; each hides the foot of the one behind. */
function paintWave({ context, width, height }: Easel, { row, moment, horizon }: WavePlace): void {
  const depth = (row / (rowCount - 1)) ** 1.7;
  const top = horizon + (height - horizon) * depth * 0.92;
  const swell = 1 + depth * height * 0.035;
  const length = width * (0.09 + depth * 0.75);
  const direction = row % 2 === 0 ? 1 : -1;
  const phase = turn * moment * (1 + (row % 3 === 0 ? 1 : 0)) * direction + row * 1.9;
  const wave = (x: number) =>
    Math.sin((x / length) * turn + phase) + 0.45 * Math.sin((x / length) * turn * 2.3 - phase * 2 + row);
  const fill = context.createLinearGradient(0, top - swell, 0, top + height * 0.25);
  const light = 1 - depth;
  fill.addColorStop(0, `rgb(${70 + 170 * light}, ${70 + 90 * light}, ${112 + 20 * light})`);
  fill.addColorStop(1, `rgb(${22 + 90 * light}, ${30 + 45 * light}, ${66 + 40 * light})`);
  context.fillStyle = fill;
  context.beginPath();
  context.moveTo(0, height);
  for (let x = 0; x <= width; x += 4) context.lineTo(x, top + swell * wave(x) * 0.5);
  context.lineTo(width, height);
  context.fill();
}

/** The road of light: short strokes that flash in turn, wider and rarer towards the viewer. */
function paintGlitter(
  { context, width, height }: Easel,
  { moment, horizon }: { moment: number; horizon: number },
): void {
  const random = seededRandom(11);
  for (let index = 0; index < 260; index += 1) {
    const depth = random() ** 1.6;
    const y = horizon + 2 + (height - horizon) * depth * 0.97;
    const spread = width * (0.035 + 0.16 * depth);
    const x = width * 0.62 + (random() + random() - 1) * spread;
    const turns = 1 + Math.floor(random() * 3);
    const flash = Math.max(0, Math.sin(turn * (moment * turns + random()))) ** 3;
    const length = 3 + depth * 30 * (0.4 + random());
    const drift = Math.sin(turn * (moment + random())) * (1 + depth * 5);
    context.fillStyle = `rgba(255, ${226 - 40 * depth}, ${176 - 60 * depth}, ${flash * (0.9 - 0.35 * depth)})`;
    context.beginPath();
    context.ellipse(x + drift, y, length / 2, 0.7 + depth * 1.6, 0, 0, turn);
    context.fill();
  }
}

function paintVignette(context: SKRSContext2D, { width, height }: { width: number; height: number }): void {
  const shade = context.createRadialGradient(
    width / 2,
    height / 2,
    height * 0.5,
    width / 2,
    height / 2,
    width * 0.68,
  );
  shade.addColorStop(0, 'rgba(10, 12, 30, 0)');
  shade.addColorStop(1, 'rgba(10, 12, 30, 0.42)');
  context.fillStyle = shade;
  context.fillRect(0, 0, width, height);
}
