import { createCanvas } from '@napi-rs/canvas';

/** A picture whose left half is red and whose right half is blue, 400 x 200 unless told; noisy, so that it is not tiny. */
export function drawHalves({ width = 400, height = 200 } = {}) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ff0000';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#0000ff';
  context.fillRect(width / 2, 0, width / 2, height);
  for (let step = 0; step < width; step += 3) {
    context.fillStyle = `hsl(${(step * 47) % 360} 90% 50%)`;
    context.fillRect(step, height / 2 + ((step * 31) % (height / 4)), 2, 2);
  }
  return canvas;
}

/** A picture with red, green, blue and white in its corners: top left, top right, bottom left, bottom right. */
export function drawCorners(width: number, height: number) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  for (const [index, color] of ['#ff0000', '#00ff00', '#0000ff', '#ffffff'].entries()) {
    context.fillStyle = color;
    context.fillRect(((index % 2) * width) / 2, (Math.floor(index / 2) * height) / 2, width / 2, height / 2);
  }
  return canvas;
}

/** 8 x 8, left half red, right half blue, in cyan, magenta, yellow and black (Adobe's way: inverted). */
export const cmykJpeg = Buffer.from(
  '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAKBwcIBwYKCAgICwoKCw4YEA4NDQ4dFRYRGCMfJSQiHyIhJis3LyYpNCkhIjBBMTQ5Oz4+PiUuRElD' +
    'PEg3PT47/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAH/8QAGBAAAgMAAAAAAAAAAAAAAAAAAAhGhMP/2gAO' +
    'BEMATQBZAEsAAD8AMJH7ORGQvcgralmP/9k=',
  'base64',
);

/** 64 x 64 of one orange, in 10 bits to a colour. */
export const tenBitAvif = Buffer.from(
  'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAAD5bWV0YQAAAAAAAAAvaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAFBpY3R1cmVI' +
    'YW5kbGVyAAAAAA5waXRtAAAAAAABAAAAHmlsb2MAAAAARAAAAQABAAAAAQAAASEAAAAnAAAAKGlpbmYAAAAAAAEAAAAaaW5mZQIAAAAAAQAAYXYw' +
    'MUNvbG9yAAAAAGppcHJwAAAAS2lwY28AAAAUaXNwZQAAAAAAAABAAAAAQAAAABBwaXhpAAAAAAMKCgoAAAAMYXYxQ4EATAAAAAATY29scm5jbHgA' +
    'AQANAAGAAAAAF2lwbWEAAAAAAAAAAQABBAECgwQAAAAvbWRhdAoNAAAAAq//jV86AhoDCDIWEAC6AgssUUEAAAgAkrH7KZ1CEfaOsA==',
  'base64',
);

interface GifPlan {
  readonly width?: number;
  readonly height?: number;
  /** One for each frame, in hundredths of a second. */
  readonly delays: readonly number[];
  /** Of the frames, 0 to 255 for red, green and blue; each another grey when absent. */
  readonly colors?: readonly (readonly [number, number, number])[];
}

/** A GIF of plain frames, 8 x 6 unless told. */
export function gifOf({ width = 8, height = 6, delays, colors = [] }: GifPlan): Buffer {
  const screen = Buffer.alloc(13);
  screen.write('GIF89a', 0, 'latin1');
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  screen[10] = 0x80 | 6;
  const palette = Buffer.from(Array.from({ length: 128 * 3 }, (_, index) => Math.floor(index / 3) * 2));
  for (const [index, color] of colors.entries()) palette.set(color, index * 3);
  const frames = delays.map((delay, index) => gifFrame(delay, { width, height, color: index % 128 }));
  return Buffer.concat([screen, palette, ...frames, Buffer.from([0x3b])]);
}

function gifFrame(delay: number, frame: { width: number; height: number; color: number }): Buffer {
  const head = Buffer.from([
    0x21,
    0xf9,
    4,
    0,
    delay & 255,
    delay >> 8,
    0,
    0,
    0x2c,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    7,
  ]);
  head.writeUInt16LE(frame.width, 13);
  head.writeUInt16LE(frame.height, 15);
  // Codes of 8 bits, never packed: the table is emptied (128) before they would grow.
  const pixels = Array.from({ length: frame.width * frame.height }, () => frame.color);
  const codes = Buffer.from([
    ...pixels.flatMap((pixel, at) => (at % 100 === 0 ? [128, pixel] : [pixel])),
    129,
  ]);
  const blocks = Array.from({ length: Math.ceil(codes.length / 255) }, (_, index) => {
    const block = codes.subarray(index * 255, (index + 1) * 255);
    return Buffer.concat([Buffer.from([block.length]), block]);
  });
  return Buffer.concat([head, ...blocks, Buffer.from([0])]);
}
