import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { createFrameStill, encodeVideoChunk } from '../../src/media/index.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const video = { width: 320, height: 180, fps: 30 };
const colors = [
  [230, 30, 40],
  [20, 200, 60],
  [40, 60, 220],
  [240, 240, 240],
] as const;

test('a small picture of a frame shows what the frame shows, with its colours, and is never larger', async () => {
  using small = createFrameStill(video, 100);
  using large = createFrameStill(video, 1_000);
  const stills: { readonly index: number; readonly width: number; readonly jpeg: Uint8Array }[] = [];
  await encodeVideoChunk({
    ...{ ...video, frameCount: 6, file: inFolder('chunk.mp4') },
    drawFrame: (index) => quarters(index),
    onFrame: async (index, frame) => {
      stills.push({ index, width: 100, jpeg: await small.jpeg(frame) });
      stills.push({ index, width: 320, jpeg: await large.jpeg(frame) });
    },
  });
  assert.equal(stills.length, 12);
  for (const { index, width, jpeg } of stills) {
    const image = await loadImage(jpeg);
    assert.deepEqual([image.width, image.height], [width, Math.round((width * 180) / 320)]);
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    for (const [quarter, { x, y }] of centres.entries()) {
      const seen = context.getImageData(Math.floor(x * image.width), Math.floor(y * image.height), 1, 1).data;
      const wanted = colorOf(quarter, index);
      const apart = wanted.map((value, channel) => Math.abs(value - (seen[channel] ?? 0)));
      assert.ok(Math.max(...apart) <= 6, `frame ${index}, quarter ${quarter}: ${seen} instead of ${wanted}`);
    }
  }
});

const centres = [
  { x: 0.25, y: 0.25 },
  { x: 0.75, y: 0.25 },
  { x: 0.25, y: 0.75 },
  { x: 0.75, y: 0.75 },
] as const;

function colorOf(quarter: number, frame: number): readonly [number, number, number] {
  return colors[(quarter + frame) % 4] ?? colors[0];
}

/** Four colours that change places from frame to frame, as RGBA. */
function quarters(frame: number): Uint8Array {
  const { width, height } = video;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  for (const [quarter, { x, y }] of centres.entries()) {
    context.fillStyle = `rgb(${colorOf(quarter, frame).join(' ')})`;
    context.fillRect((x - 0.25) * width, (y - 0.25) * height, width / 2, height / 2);
  }
  return canvas.data();
}
