import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type Drawn, encodeVideoChunk } from '../../src/media/index.ts';
import { AuraError } from '../../src/protocol/index.ts';
import { decodeVideoFrames, pixelAt } from '../support/media.ts';
import { drawNumbered, height, readNumber, width } from './support/numbered-frames.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const small = { width, height, fps: 30 };

test('every frame of a chunk is there once, in order', async () => {
  const file = inFolder('chunk.mp4');
  const told: number[] = [];
  await encodeVideoChunk({
    ...small,
    frameCount: 45,
    file,
    drawFrame: drawNumbered,
    onFrame: (index) => void told.push(index),
  });
  const expected = Array.from({ length: 45 }, (_, index) => index);
  const frames = await decodeVideoFrames(file);
  assert.deepEqual(frames.map(readNumber), expected);
  assert.deepEqual(
    frames.map(({ index }) => index),
    expected,
  );
  assert.deepEqual(told, expected);
});

for (const threads of [1, 2]) {
  test(`the same frames give the same bytes, time after time, with ${threads} thread(s)`, async () => {
    // Sides at which x264 without cpu-independent gave up to nine different results in twelve runs.
    const file = inFolder('again.mp4');
    const results = new Set<string>();
    for (let run = 0; run < 8; run += 1) {
      await encodeVideoChunk({ ...small, frameCount: 20, file, threads, drawFrame: drawNumbered });
      results.add(
        createHash('sha256')
          .update(await readFile(file))
          .digest('hex'),
      );
    }
    assert.equal(results.size, 1);
  });
}

const colors: readonly (readonly [number, number, number])[] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
  [0, 0, 0],
  [128, 128, 128],
  [27, 42, 74],
  [250, 200, 60],
];

test('colours come back within two levels', async () => {
  const file = inFolder('colors.mp4');
  const pixels = new Uint8Array(width * height * 4);
  await encodeVideoChunk({
    ...small,
    frameCount: colors.length,
    file,
    crf: 1,
    drawFrame: (index) => {
      const [red, green, blue] = colors[index] ?? [0, 0, 0];
      for (let at = 0; at < pixels.length; at += 4) pixels.set([red, green, blue, 255], at);
      return pixels;
    },
  });
  const frames = await decodeVideoFrames(file);
  assert.equal(frames.length, colors.length);
  for (const frame of frames) {
    const found = pixelAt(frame, 160, 90);
    const expected = colors[frame.index] ?? [];
    const worst = Math.max(...found.map((level, channel) => Math.abs(level - (expected[channel] ?? 0))));
    assert.ok(worst <= 2, `frame ${frame.index}: ${found} instead of ${expected}`);
  }
});

test('odd strides: a width that is no multiple of 16 keeps its columns', async () => {
  const file = inFolder('narrow.mp4');
  const size = { width: 74, height: 66 };
  const pixels = new Uint8Array(size.width * size.height * 4).fill(255);
  for (let y = 0; y < size.height; y += 1) pixels.fill(0, y * size.width * 4, (y * size.width + 37) * 4);
  await encodeVideoChunk({ ...size, fps: 25, frameCount: 3, file, crf: 1, drawFrame: () => pixels });
  const [frame] = await decodeVideoFrames(file);
  assert.ok(frame !== undefined);
  for (const y of [1, 33, 64]) {
    assert.ok(pixelAt(frame, 30, y)[0] < 5, `left at row ${y}`);
    assert.ok(pixelAt(frame, 44, y)[0] > 250, `right at row ${y}`);
  }
});

test('frames that are given as what changed make the bytes of whole frames', async () => {
  const area = { x: 64, y: 32, width: 128, height: 64 };
  const base = drawNumbered(7);
  const rows = Array.from({ length: area.height }, (_, row) => ((area.y + row) * width + area.x) * 4);
  const patchOf = (index: number) => {
    const other = drawNumbered(40 + index);
    return Buffer.concat(rows.map((start) => other.subarray(start, start + area.width * 4)));
  };
  const whole = (index: number): Uint8Array => {
    const pixels = Uint8Array.from(base);
    const last = index - (index % 3);
    if (last === 0) return pixels;
    for (const [row, start] of rows.entries()) {
      pixels.set(patchOf(last).subarray(row * area.width * 4, (row + 1) * area.width * 4), start);
    }
    return pixels;
  };
  const changed = (index: number): Drawn => {
    if (index === 0) return base;
    if (index % 3 !== 0) return 'unchanged';
    const parts = () => [{ ...area, pixels: patchOf(index) }];
    return { layers: [], top: { covered: { x: 0, y: 0, width, height }, isAnew: false, parts }, area };
  };
  const [one, other] = [inFolder('whole.mp4'), inFolder('changed.mp4')];
  await encodeVideoChunk({ ...small, frameCount: 20, file: one, drawFrame: whole });
  await encodeVideoChunk({ ...small, frameCount: 20, file: other, drawFrame: changed });
  assert.deepEqual(await readFile(other), await readFile(one));
});

test('an abort stops the encoding with its own reason', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const drawn: number[] = [];
  const encoding = encodeVideoChunk({
    ...small,
    frameCount: 1_000,
    file: inFolder('aborted.mp4'),
    drawFrame: (index) => {
      drawn.push(index);
      if (index === 5) controller.abort(reason);
      return drawNumbered(index);
    },
    signal: controller.signal,
  });
  await assert.rejects(encoding, (error) => error === reason);
  assert.ok(drawn.length <= 7, `${drawn.length} frames were drawn`);
});

test('a frame of the wrong size, a drawing that throws and a full disk are named errors', async () => {
  const encode = (change: object) =>
    encodeVideoChunk({
      ...small,
      frameCount: 3,
      file: inFolder('bad.mp4'),
      drawFrame: drawNumbered,
      ...change,
    });
  const isError = (code: string, text: RegExp) => (error: unknown) =>
    error instanceof AuraError && error.code === code && text.test(error.message);
  await assert.rejects(
    encode({ drawFrame: () => new Uint8Array(7) }),
    isError('render_failed', /230400 bytes, not 7/),
  );
  const drawFrame = () => {
    throw new Error('no ink');
  };
  await assert.rejects(encode({ drawFrame }), isError('render_failed', /no ink/));
  await assert.rejects(
    encode({ file: inFolder('no/such/folder.mp4') }),
    isError('render_failed', /No such file/),
  );
  if (process.platform === 'linux')
    await assert.rejects(encode({ file: '/dev/full' }), isError('disk_full', /space/));
});
