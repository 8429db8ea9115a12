import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

/** Red, green, blue, 0 to 255; values outside are clipped when they are painted. */
export type Rgb = readonly [number, number, number];

/** What a picture is painted on, with its own source of chance: the same seed gives the same picture. */
export interface Easel {
  readonly canvas: Canvas;
  readonly context: SKRSContext2D;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** 0 to 1, 1 excluded. */
  random(): number;
}

export function createEasel(size: { width: number; height: number; seed: number }): Easel {
  const { width, height, seed } = size;
  const canvas = createCanvas(width, height);
  return { canvas, context: canvas.getContext('2d'), width, height, random: seededRandom(seed) };
}

/** Paints every pixel of some rows with `shade`; a little noise hides the steps of 8-bit gradients. */
export function paintPixels(
  easel: Easel,
  shade: (x: number, y: number) => Rgb,
  rows: { top?: number; bottom?: number } = {},
): void {
  const { context, width, height, random } = easel;
  const top = Math.round(rows.top ?? 0);
  const bottom = Math.round(rows.bottom ?? height);
  const image = context.createImageData(width, bottom - top);
  for (let y = top, index = 0; y < bottom; y += 1) {
    for (let x = 0; x < width; x += 1, index += 4) {
      const dither = (random() - 0.5) * 2.4;
      const color = shade(x, y);
      for (let channel = 0; channel < 3; channel += 1) {
        image.data[index + channel] = Math.max(0, Math.min(255, (color[channel] ?? 0) + dither));
      }
      image.data[index + 3] = 255;
    }
  }
  context.putImageData(image, 0, top);
}

/** Mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return `rgba(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)}, ${alpha})`;
}

export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = Math.max(0, Math.min(1, share));
  return [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  ];
}

export function add(base: Rgb, light: Rgb, amount: number): Rgb {
  return [base[0] + light[0] * amount, base[1] + light[1] * amount, base[2] + light[2] * amount];
}

/** Adds light that never clips, so that its hue stays: twice full light is full light. */
export function screen(base: Rgb, light: Rgb, amount: number): Rgb {
  const lit = (channel: 0 | 1 | 2): number =>
    base[channel] + (255 - base[channel]) * Math.min(1, (light[channel] / 255) * amount);
  return [lit(0), lit(1), lit(2)];
}

/** A colour from stops of [position, colour], positions rising; smooth between them. */
export function ramp(stops: readonly (readonly [number, Rgb])[]): (position: number) => Rgb {
  return (position) => {
    const upper = stops.findIndex(([at]) => at >= position);
    const last = stops.at(-1)?.[1] ?? [0, 0, 0];
    if (upper === -1) return last;
    const [toAt, to] = stops[upper] ?? [1, last];
    const [fromAt, from] = stops[upper - 1] ?? [toAt, to];
    return mix(from, to, smooth(toAt === fromAt ? 1 : (position - fromAt) / (toAt - fromAt)));
  };
}

export function smooth(value: number): number {
  const part = Math.max(0, Math.min(1, value));
  return part * part * (3 - 2 * part);
}
