import { css, type Easel, type Rgb } from './canvas.ts';

const tints: readonly Rgb[] = [
  [255, 255, 255],
  [205, 220, 255],
  [255, 236, 210],
];

/** Stars, a few of them bright, fading towards `bottom` (pixels from the top). */
export function paintStars(easel: Easel, { count, bottom }: { count: number; bottom: number }): void {
  const { context, width, random } = easel;
  const unit = Math.max(easel.width, easel.height) / 2400;
  for (let index = 0; index < count; index += 1) {
    const x = random() * width;
    const y = random() * bottom;
    const brightness = random() ** 4;
    const alpha = (0.25 + 0.75 * brightness) * (1 - y / bottom) ** 0.6;
    const radius = (0.7 + 1.5 * brightness) * unit;
    const tint = tints[Math.floor(random() * tints.length)] ?? [255, 255, 255];
    if (brightness > 0.75) glow(easel, { x, y, radius: radius * 6, color: tint, alpha: alpha * 0.25 });
    context.fillStyle = css(tint, alpha);
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fill();
  }
}

/** Light that falls off from a point. `screen` keeps its hue where the sky is bright already. */
export function glow(
  { context }: Easel,
  light: { x: number; y: number; radius: number; color: Rgb; alpha: number; blend?: 'lighter' | 'screen' },
): void {
  const { x, y, radius, color, alpha, blend = 'lighter' } = light;
  const gradient = context.createRadialGradient(x, y, 0, x, y, radius);
  for (let step = 0; step <= 8; step += 1)
    gradient.addColorStop(step / 8, css(color, alpha * (1 - step / 8) ** 2.2));
  context.save();
  context.globalCompositeOperation = blend;
  context.fillStyle = gradient;
  context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  context.restore();
}
