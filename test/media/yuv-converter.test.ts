import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Frame } from 'node-av/lib';
import { yuvModule } from '../../scripts/yuv/module.ts';
import { createYuvConverter, type DrawnArea } from '../../src/media/yuv-converter.ts';
import { tightPlanes } from './support/tight-planes.ts';

/** No multiple of the widths in which processors work. */
const size = { width: 214, height: 122 };

/** Repeatable noise, opaque. */
function noise(pixelCount: number, seed: number): Uint8Array {
  const pixels = new Uint8Array(pixelCount * 4);
  let state = seed;
  for (let index = 0; index < pixels.length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    pixels[index] = index % 4 === 3 ? 255 : state >> 16;
  }
  return pixels;
}

function part(pixels: Uint8Array, { x, y, width, height }: Omit<DrawnArea, 'pixels'>): DrawnArea {
  const rows = Array.from({ length: height }, (_, row) => {
    const start = ((y + row) * size.width + x) * 4;
    return pixels.subarray(start, start + width * 4);
  });
  return { x, y, width, height, pixels: Buffer.concat(rows) };
}

function planes(frame: Frame): Buffer[] {
  const { luma, blue, red } = tightPlanes(frame);
  return [luma, blue, red];
}

test('a picture that is replaced in parts has the bytes of one converted whole', () => {
  const [before, after] = [noise(size.width * size.height, 1), noise(size.width * size.height, 2)];
  using whole = createYuvConverter(size);
  whole.load({ x: 0, y: 0, ...size, pixels: after });
  const expected = planes(whole.frame());
  using parts = createYuvConverter(size);
  parts.load({ x: 0, y: 0, ...size, pixels: before });
  parts.frame();
  for (const area of [
    { x: 0, y: 0, width: 64, height: 122 },
    { x: 64, y: 0, width: 150, height: 16 },
    { x: 64, y: 16, width: 16, height: 106 },
    { x: 80, y: 16, width: 134, height: 106 },
  ]) {
    parts.load(part(after, area));
    parts.frame();
  }
  assert.deepEqual(planes(parts.frame()), expected);
});

test('BT.709, limited: every machine makes the bytes of the plain formula', () => {
  const pixels = noise(size.width * size.height, 3);
  using converter = createYuvConverter(size);
  converter.load({ x: 0, y: 0, ...size, pixels });
  const [luma, blue, red] = planes(converter.frame());
  let worst = 0;
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const at = (y * size.width + x) * 4;
      const [r = 0, g = 0, b = 0] = pixels.subarray(at, at + 3);
      const expected = 16 + (219 / 255) * (0.2126 * r + 0.7152 * g + 0.0722 * b);
      worst = Math.max(worst, Math.abs(expected - (luma?.[y * size.width + x] ?? 0)));
    }
  }
  assert.ok(worst < 0.6, `luma differs by ${worst}`);
  assert.ok(blue !== undefined && red !== undefined);
  for (let y = 0; y < size.height / 2; y += 1) {
    for (let x = 0; x < size.width / 2; x += 1) {
      const [r, g, b] = mean(pixels, { x: 2 * x, y: 2 * y });
      const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      const index = (y * size.width) / 2 + x;
      const cb = 128 + (224 / 255) * ((b - light) / 1.8556);
      const cr = 128 + (224 / 255) * ((r - light) / 1.5748);
      worst = Math.max(worst, Math.abs(cb - (blue[index] ?? 0)), Math.abs(cr - (red[index] ?? 0)));
    }
  }
  assert.ok(worst < 0.8, `colour differs by ${worst}`);
});

function mean(pixels: Uint8Array, { x, y }: { x: number; y: number }): [number, number, number] {
  const corners = [0, 1].flatMap((down) => [0, 1].map((right) => ((y + down) * size.width + x + right) * 4));
  const channel = (index: number) => corners.reduce((sum, at) => sum + (pixels[at + index] ?? 0), 0) / 4;
  return [channel(0), channel(1), channel(2)];
}

test('an area too narrow to be converted alone, or a part before there is a whole, is refused', () => {
  using converter = createYuvConverter(size);
  const strip = { x: 0, y: 0, width: 14, height: 122, pixels: new Uint8Array(14 * 122 * 4) };
  assert.throws(() => converter.load(strip), /too small/);
  const part = { x: 0, y: 0, width: 16, height: 122, pixels: new Uint8Array(16 * 122 * 4) };
  assert.throws(() => converter.load(part), /whole one/);
});

test('a frame that is being encoded is left alone while the next is made; an unchanged picture is the same frame', () => {
  using converter = createYuvConverter(size);
  converter.load({ x: 0, y: 0, ...size, pixels: noise(size.width * size.height, 1) });
  const first = converter.frame();
  assert.equal(converter.frame(), first);
  const bytes = planes(first);
  converter.load({ x: 0, y: 0, ...size, pixels: noise(size.width * size.height, 2) });
  assert.notDeepEqual(planes(converter.frame()), bytes);
  assert.deepEqual(planes(first), bytes);
});

test('the same pixels, drawn again, are the same frame; the two frames before another stay as they are', () => {
  using converter = createYuvConverter(size);
  const shows = (seed: number) => {
    converter.load({ x: 0, y: 0, ...size, pixels: noise(size.width * size.height, seed) });
    return converter.frame();
  };
  const first = shows(1);
  assert.equal(shows(1), first);
  const firstBytes = planes(first);
  const second = shows(2);
  const secondBytes = planes(second);
  const third = shows(3);
  assert.equal(new Set([first, second, third]).size, 3);
  assert.deepEqual(planes(first), firstBytes);
  assert.deepEqual(planes(second), secondBytes);
  // One pixel that differs makes another picture.
  const pixels = noise(size.width * size.height, 3);
  pixels[pixels.length - 3] = (pixels.at(-3) ?? 0) ^ 0x80;
  converter.load({ x: 0, y: 0, ...size, pixels });
  assert.notEqual(converter.frame(), third);
});

test('a frame that the encoder still holds when its turn comes again is not painted over', () => {
  using converter = createYuvConverter(size);
  const load = (seed: number) =>
    converter.load({ x: 0, y: 0, ...size, pixels: noise(size.width * size.height, seed) });
  load(1);
  const held = converter.frame().clone();
  assert.ok(held);
  const bytes = planes(held);
  for (const seed of [2, 3, 4]) {
    load(seed);
    converter.frame();
  }
  assert.deepEqual(planes(held), bytes);
  held.free();
});

test('the code that converts is what the script makes', async () => {
  const committed = await readFile(new URL('../../src/media/yuv.wasm', import.meta.url));
  assert.deepEqual(committed, Buffer.from(await yuvModule()));
});

test('whatever parts are replaced, and in whatever order, each frame has the bytes of the whole picture', () => {
  using parts = createYuvConverter(size);
  using whole = createYuvConverter(size);
  let shown = noise(size.width * size.height, 1);
  parts.load({ x: 0, y: 0, ...size, pixels: shown });
  for (let step = 0; step < 24; step += 1) {
    const [x, y] = [(step * 50) % 150, (step * 34) % 90];
    const area = { x, y, width: 64, height: 32 };
    // Every fourth part shows what is there already.
    shown = step % 4 === 3 ? shown : withPart(shown, area, step);
    parts.load(part(shown, area));
    if (step % 3 === 2) continue;
    whole.load({ x: 0, y: 0, ...size, pixels: shown });
    assert.deepEqual(planes(parts.frame()), planes(whole.frame()), `step ${step}`);
  }
});

test('a picture after a new beginning is a whole one, and shows nothing of the last', () => {
  using converter = createYuvConverter(size);
  const load = (seed: number) =>
    converter.load({ x: 0, y: 0, ...size, pixels: noise(size.width * size.height, seed) });
  load(1);
  const expected = planes(converter.frame());
  load(2);
  converter.frame();
  converter.restart();
  const area = { x: 0, y: 0, width: 64, height: 32 };
  assert.throws(() => converter.load(part(noise(size.width * size.height, 1), area)), /whole one/);
  load(1);
  assert.deepEqual(planes(converter.frame()), expected);
});

/** The picture with other noise in a part of it. */
function withPart(
  pixels: Uint8Array,
  { x, y, width, height }: Omit<DrawnArea, 'pixels'>,
  seed: number,
): Uint8Array {
  const [other, changed] = [noise(size.width * size.height, 100 + seed), pixels.slice()];
  for (let row = y; row < y + height; row += 1) {
    const [start, end] = [(row * size.width + x) * 4, (row * size.width + x + width) * 4];
    changed.set(other.subarray(start, end), start);
  }
  return changed;
}
