import { css, type Easel, rgb } from './canvas.ts';

/** A maple seed that turns as it falls. @param moment 0 to 1; at 1 it is as at 0 again. */
export function paintFallingSeed(easel: Easel, moment: number): void {
  const { context, width, height } = easel;
  context.fillStyle = '#1f3a2a';
  context.fillRect(0, 0, width, height);
  paintBokeh(easel, moment);
  const turn = moment * Math.PI * 2;
  context.save();
  context.translate(width * (0.5 + 0.03 * Math.sin(turn)), height * (0.5 + 0.03 * Math.cos(turn)));
  context.rotate(-0.5 + 0.12 * Math.sin(turn));
  // Seen from the side, what turns about an upright axis only gets narrower and wider.
  for (const side of [1, -1]) {
    context.save();
    context.scale(side * Math.cos(turn) || 0.02, 1);
    paintWing(easel, Math.sin(turn) * side);
    context.restore();
  }
  context.restore();
}

function paintWing({ context, width }: Easel, light: number): void {
  const long = width * 0.4;
  const tint = light > 0 ? '#d9b26a' : '#b98a48';
  context.fillStyle = tint;
  context.beginPath();
  context.moveTo(0, 0);
  context.bezierCurveTo(long * 0.3, -long * 0.3, long, -long * 0.34, long, -long * 0.1);
  context.bezierCurveTo(long, long * 0.06, long * 0.4, long * 0.02, 0, long * 0.06);
  context.fill();
  context.strokeStyle = '#8a5f2c';
  context.lineWidth = width * 0.006;
  for (const rise of [-0.21, -0.16, -0.1, -0.04]) {
    context.beginPath();
    context.moveTo(long * 0.12, 0);
    context.quadraticCurveTo(long * 0.5, long * rise * 0.9, long * 0.9, long * rise);
    context.stroke();
  }
  context.fillStyle = '#7a4f24';
  context.beginPath();
  context.ellipse(long * 0.08, 0, long * 0.13, long * 0.09, -0.3, 0, Math.PI * 2);
  context.fill();
}

/** Spots of light that pass upwards, each a whole number of times. */
function paintBokeh({ context, width, height }: Easel, moment: number): void {
  const spots = [
    { x: 0.14, y: 0.2, size: 0.07, color: '#2c5238' },
    { x: 0.82, y: 0.62, size: 0.09, color: '#2a4d35' },
    { x: 0.66, y: 0.1, size: 0.05, color: '#345c3d' },
    { x: 0.28, y: 0.84, size: 0.06, color: '#30573a' },
  ];
  for (const { x, y, size, color } of spots) {
    for (const round of [-1, 0, 1]) {
      context.fillStyle = css(rgb(color));
      context.beginPath();
      context.arc(x * width, (y + round * 1.2 - moment * 1.2) * height, size * width, 0, Math.PI * 2);
      context.fill();
    }
  }
}
