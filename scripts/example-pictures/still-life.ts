import { css, type Easel, mix, type Rgb, rgb } from './canvas.ts';

/** The colour of everything the lamp shines on. */
export const lampLight: Rgb = [255, 190, 120];

export function paintBooks(easel: Easel, { x, foot }: { x: number; foot: number }): void {
  const { context, height } = easel;
  const unit = height / 1350;
  paintShadow(easel, { x: x + 180 * unit, y: foot, wide: 250 * unit, tall: 22 * unit, alpha: 0.6 });
  let top = foot;
  for (const book of [
    { wide: 400, tall: 62, shift: 0, color: '#2f4858' },
    { wide: 350, tall: 50, shift: 24, color: '#8f3b3f' },
    { wide: 372, tall: 44, shift: 4, color: '#d8b98a' },
    { wide: 300, tall: 38, shift: 44, color: '#3d5a4c' },
  ]) {
    const left = x + book.shift * unit;
    top -= book.tall * unit;
    const cover = context.createLinearGradient(left, 0, left + book.wide * unit, 0);
    cover.addColorStop(0, css(mix(rgb(book.color), lampLight, 0.45)));
    cover.addColorStop(0.35, css(mix(rgb(book.color), lampLight, 0.08)));
    cover.addColorStop(1, css(mix(rgb(book.color), [8, 6, 16], 0.6)));
    context.fillStyle = cover;
    context.beginPath();
    context.roundRect(left, top, book.wide * unit, book.tall * unit, 5 * unit);
    context.fill();
    context.fillStyle = 'rgba(0, 0, 0, 0.28)';
    context.fillRect(left, top + book.tall * unit - 4 * unit, book.wide * unit, 4 * unit);
    context.fillStyle = 'rgba(255, 225, 180, 0.35)';
    context.fillRect(left + 40 * unit, top + 5 * unit, 5 * unit, (book.tall - 10) * unit);
    context.fillRect(left + 52 * unit, top + 5 * unit, 2 * unit, (book.tall - 10) * unit);
  }
}

export function paintCup(easel: Easel, { x, foot, unit }: { x: number; foot: number; unit: number }): void {
  const { context } = easel;
  const wide = 84 * unit;
  const tall = 150 * unit;
  paintShadow(easel, { x: x - 50 * unit, y: foot - 2 * unit, wide: wide * 1.7, tall: 24 * unit, alpha: 0.6 });
  const glaze = context.createLinearGradient(x - wide, 0, x + wide, 0);
  for (const [at, color] of [
    [0, '#2b2c44'],
    [0.55, '#5d6480'],
    [0.9, '#f0c8a0'],
    [1, '#c98f66'],
  ] as const) {
    glaze.addColorStop(at, color);
  }
  context.strokeStyle = '#383a55';
  context.lineWidth = 17 * unit;
  context.beginPath();
  context.ellipse(
    x - wide * 1.02,
    foot - tall * 0.52,
    36 * unit,
    44 * unit,
    0,
    Math.PI * 0.45,
    Math.PI * 1.6,
  );
  context.stroke();
  context.fillStyle = glaze;
  context.beginPath();
  context.moveTo(x - wide, foot - tall);
  context.bezierCurveTo(x - wide, foot - tall * 0.2, x - wide * 0.8, foot, x - wide * 0.6, foot);
  context.ellipse(x, foot, wide * 0.6, 12 * unit, 0, Math.PI, 0, true);
  context.bezierCurveTo(x + wide * 0.8, foot, x + wide, foot - tall * 0.2, x + wide, foot - tall);
  context.fill();
  context.fillStyle = '#d8b492';
  context.beginPath();
  context.ellipse(x, foot - tall, wide, 22 * unit, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = '#2a1712';
  context.beginPath();
  context.ellipse(x, foot - tall + 4 * unit, wide * 0.9, 16 * unit, 0, 0, Math.PI * 2);
  context.fill();
}

export function paintShadow(
  { context }: Easel,
  shadow: { x: number; y: number; wide: number; tall: number; alpha: number },
): void {
  context.save();
  context.filter = `blur(${Math.round(shadow.tall * 0.7)}px)`;
  context.fillStyle = `rgba(5, 3, 12, ${shadow.alpha})`;
  context.beginPath();
  context.ellipse(shadow.x, shadow.y, shadow.wide, shadow.tall, 0, 0, Math.PI * 2);
  context.fill();
  context.restore();
}
