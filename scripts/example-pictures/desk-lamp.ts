import { css, type Easel, mix, paintPixels, ramp, rgb } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';
import { glow } from './stars.ts';
import { lampLight, paintBooks, paintCup, paintShadow } from './still-life.ts';

/** A round glass lamp on a desk by a window at dusk, with books and a cup. */
export function paintDeskLamp(easel: Easel): void {
  const { width, height } = easel;
  const table = height * 0.74;
  paintWall(easel, table);
  paintWindow(easel, { x: width * 0.07, y: height * 0.06, wide: width * 0.3, tall: height * 0.56 });
  paintTable(easel, table);
  const lamp = { x: width * 0.62, y: table - height * 0.2, radius: height * 0.165 };
  paintBooks(easel, { x: width * 0.78, foot: table + height * 0.045 });
  paintCup(easel, { x: width * 0.43, foot: table + height * 0.085, unit: height / 1350 });
  paintLamp(easel, lamp, table);
}

function paintWall(easel: Easel, table: number): void {
  const { width, height } = easel;
  const plaster = fractal(createNoise(31), 5);
  paintPixels(
    easel,
    (x, y) => {
      const reach = Math.hypot((x - width * 0.62) / width, ((y - table + height * 0.2) / width) * 1.1);
      const light = Math.exp(-reach * 4.6);
      const base = mix(rgb('#1b1a2e'), rgb('#d98d52'), light * 0.86);
      return mix(base, [10, 8, 20], (plaster(x / 90, y / 90) - 0.5) * 0.16 + 0.05);
    },
    { bottom: table },
  );
}

function paintWindow(easel: Easel, frame: { x: number; y: number; wide: number; tall: number }): void {
  const { context, random, height } = easel;
  const { x, y, wide, tall } = frame;
  const sky = context.createLinearGradient(0, y, 0, y + tall);
  for (const [at, color] of [
    [0, '#131a44'],
    [0.45, '#3c3a7a'],
    [0.75, '#a8607e'],
    [1, '#e79a76'],
  ] as const) {
    sky.addColorStop(at, color);
  }
  context.save();
  context.beginPath();
  context.rect(x, y, wide, tall);
  context.clip();
  context.fillStyle = sky;
  context.fillRect(x, y, wide, tall);
  context.filter = 'blur(14px)';
  context.fillStyle = '#232048';
  for (let at = x - 40; at < x + wide; at += 90 + random() * 60) {
    const roof = tall * (0.1 + random() * 0.16);
    context.fillRect(at, y + tall - roof, 130, roof);
  }
  context.filter = 'none';
  for (let light = 0; light < 34; light += 1) {
    const color = random() < 0.7 ? lampLight : ([150, 190, 255] as const);
    const at = { x: x + random() * wide, y: y + tall * (0.78 + random() * 0.2) };
    paintBokeh(easel, {
      ...at,
      radius: height * (0.006 + random() * 0.012),
      color: css(color, 0.12 + random() * 0.3),
    });
  }
  context.restore();
  paintFrame(easel, frame);
}

function paintBokeh(
  { context }: Easel,
  light: { x: number; y: number; radius: number; color: string },
): void {
  context.fillStyle = light.color;
  context.beginPath();
  context.arc(light.x, light.y, light.radius, 0, Math.PI * 2);
  context.fill();
}

function paintFrame(
  { context, height }: Easel,
  frame: { x: number; y: number; wide: number; tall: number },
): void {
  const { x, y, wide, tall } = frame;
  const bar = height * 0.018;
  context.save();
  context.shadowColor = 'rgba(0, 0, 0, 0.5)';
  context.shadowBlur = height * 0.02;
  context.strokeStyle = '#4a3844';
  context.lineWidth = bar;
  context.strokeRect(x, y, wide, tall);
  context.fillStyle = '#4a3844';
  context.fillRect(x + wide / 2 - bar / 3, y, (bar * 2) / 3, tall);
  context.fillRect(x - bar * 1.6, y + tall, wide + bar * 3.2, bar * 1.4);
  context.restore();
}

function paintTable(easel: Easel, table: number): void {
  const { width, height } = easel;
  const grain = fractal(createNoise(17), 5);
  const wood = ramp([
    [0, rgb('#3a2119')],
    [0.5, rgb('#6b3f2a')],
    [1, rgb('#8d5836')],
  ]);
  paintPixels(
    easel,
    (x, y) => {
      const near = (y - table) / (height - table);
      const lines = grain((x / width) * 7 + 5, (near * 9) / (0.55 + near * 0.5));
      const reach = Math.hypot((x - width * 0.62) / width, ((y - table) / height) * 0.9 - 0.05);
      const light = Math.exp(-(reach ** 2) * 16);
      const edge = near < 0.012 ? 0.35 : 0;
      return mix(mix(wood(lines), [8, 6, 16], 0.74 - light * 0.6), lampLight, light * 0.3 + edge * light);
    },
    { top: table },
  );
}

function paintLamp(easel: Easel, lamp: { x: number; y: number; radius: number }, table: number): void {
  const { context, height } = easel;
  const { x, y, radius } = lamp;
  const foot = table + height * 0.035;
  paintShadow(easel, { x, y: foot, wide: radius * 0.62, tall: radius * 0.12, alpha: 0.55 });
  const brass = context.createLinearGradient(x - radius * 0.5, 0, x + radius * 0.5, 0);
  for (const [at, color] of [
    [0, '#5a3b22'],
    [0.3, '#d9a766'],
    [0.45, '#fff0cf'],
    [0.6, '#c48d50'],
    [1, '#4a2e1b'],
  ] as const) {
    brass.addColorStop(at, color);
  }
  context.fillStyle = brass;
  context.beginPath();
  context.moveTo(x - radius * 0.3, y + radius * 0.93);
  context.lineTo(x + radius * 0.3, y + radius * 0.93);
  context.lineTo(x + radius * 0.5, foot);
  context.ellipse(x, foot, radius * 0.5, radius * 0.08, 0, 0, Math.PI);
  context.closePath();
  context.fill();
  glow(easel, { x, y, radius: radius * 3.6, color: lampLight, alpha: 0.6 });
  paintGlobe(easel, lamp);
}

function paintGlobe(easel: Easel, { x, y, radius }: { x: number; y: number; radius: number }): void {
  const { context } = easel;
  const tomorrow = context.createLinearGradient(0, y - radius, 0, y + radius);
  for (const [at, color] of [
    [0, '#6f7fd6'],
    [0.34, '#d69ac4'],
    [0.62, '#ffc48a'],
    [0.85, '#ffedc4'],
    [1, '#ffdc9a'],
  ] as const) {
    tomorrow.addColorStop(at, color);
  }
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.clip();
  context.fillStyle = tomorrow;
  context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  const rim = context.createRadialGradient(x, y, radius * 0.55, x, y, radius);
  rim.addColorStop(0, 'rgba(120, 60, 60, 0)');
  rim.addColorStop(0.86, 'rgba(120, 60, 70, 0.22)');
  rim.addColorStop(1, 'rgba(70, 30, 60, 0.55)');
  context.fillStyle = rim;
  context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  context.filter = `blur(${Math.round(radius * 0.05)}px)`;
  context.fillStyle = 'rgba(255, 255, 255, 0.6)';
  context.beginPath();
  context.ellipse(x - radius * 0.42, y - radius * 0.46, radius * 0.13, radius * 0.26, 0.65, 0, Math.PI * 2);
  context.fill();
  context.restore();
  glow(easel, { x, y: y + radius * 0.3, radius: radius * 1.1, color: [255, 225, 170], alpha: 0.55 });
}
