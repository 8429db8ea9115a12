import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { type DrawablePicture, drawFrame } from '../../src/drawing/index.ts';
import { registerFonts } from '../../src/media/register-fonts.ts';
import type { Timeline } from '../../src/timeline/index.ts';

/** The pixels of one drawn frame. */
export interface Rendered {
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits. */
  readonly data: Uint8Array;
}

registerFonts();
const canvases = new Map<string, Canvas>();

/** Draws a frame as an export does, on a canvas that was drawn on before. */
export function render(
  timeline: Timeline,
  frameIndex: number,
  pictures: ReadonlyMap<string, DrawablePicture> = new Map(),
): Rendered {
  const { width, height } = timeline;
  const name = `${width}x${height}`;
  const canvas = canvases.get(name) ?? createCanvas(width, height);
  canvases.set(name, canvas);
  drawFrame(
    { context: canvas.getContext('2d'), createLayer: createCanvas },
    { timeline, frameIndex, pictures },
  );
  return { width, height, data: new Uint8Array(canvas.data()) };
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Around every pixel that matches; undefined when none does. Right and bottom are exclusive. */
export function boxOfPixels(
  { width, height, data }: Rendered,
  matches: (red: number, green: number, blue: number, index: number) => boolean,
): Box | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let index = 0; index < width * height; index++) {
    const at = index * 4;
    if (!matches(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, index)) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return right === 0 ? undefined : { left, top, right, bottom };
}

/** Around every pixel in which two frames differ visibly. */
export function boxOfDifference(one: Rendered, other: Rendered): Box | undefined {
  return boxOfPixels(one, (red, green, blue, index) => {
    const at = index * 4;
    const away = (part: number, offset: number) => Math.abs(part - (other.data[at + offset] ?? 0));
    return away(red, 0) + away(green, 1) + away(blue, 2) > 6;
  });
}

export function pixelAt({ width, data }: Rendered, x: number, y: number): [number, number, number] {
  const at = (Math.floor(y) * width + Math.floor(x)) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

/** A black picture with one white dot; `x` and `y` in shares of its sides, in the middle when absent. */
export function dotPicture({
  width,
  height,
  radius,
  x = 0.5,
  y = 0.5,
}: {
  width: number;
  height: number;
  radius: number;
  x?: number;
  y?: number;
}): Canvas {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#000000';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(width * x, height * y, radius, 0, 2 * Math.PI);
  context.fill();
  return canvas;
}

export function plainPicture(color: string, { width = 640, height = 360 } = {}): Canvas {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return canvas;
}
