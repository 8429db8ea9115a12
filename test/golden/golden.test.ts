import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { goldenCases } from './cases.ts';
import { drawCase, framesFolder } from './draw-case.ts';
import { ssim } from './ssim.ts';

/** Below these a person sees a difference: somewhere in the picture, or in one spot of it. */
const similarity = { mean: 0.995, least: 0.9 } as const;

const cases = goldenCases();

describe('frames look as they were approved', () => {
  for (const golden of cases) {
    test(golden.name, async () => {
      const drawn = await drawCase(golden);
      const approved = await readPng(join(framesFolder, `${golden.name}.png`));
      const { mean, least } = ssim(pixelsOf(drawn), pixelsOf(approved));
      if (mean >= similarity.mean && least >= similarity.least) return;
      const file = await keep(golden.name, drawn);
      const figures = `mean SSIM ${mean.toFixed(4)}, in one spot ${least.toFixed(3)}`;
      assert.fail(
        `${golden.name} looks different (${figures}): see ${file}. Right? node scripts/approve-frames.ts`,
      );
    });
  }
});

test('no approved frame is left over', async () => {
  const files = (await readdir(framesFolder)).filter((name) => name.endsWith('.png'));
  assert.deepEqual(files.toSorted(), cases.map(({ name }) => `${name}.png`).toSorted());
});

test('the comparison sees a moved word and not a rounded pixel', async () => {
  const [golden] = cases;
  assert.ok(golden);
  const drawn = await drawCase(golden);
  const moved = createCanvas(drawn.width, drawn.height);
  moved.getContext('2d').drawImage(drawn, 2, 0);
  assert.ok(ssim(pixelsOf(drawn), pixelsOf(moved)).least < similarity.least);
  const rounded = pixelsOf(drawn);
  const data = rounded.data.map((value) => Math.min(255, value + 1));
  const { mean, least } = ssim(rounded, { ...rounded, data });
  assert.ok(mean >= similarity.mean && least >= similarity.least);
});

async function readPng(file: string): Promise<Canvas> {
  const image = await loadImage(file);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas;
}

function pixelsOf(canvas: Canvas) {
  const { width, height } = canvas;
  return { width, height, data: canvas.getContext('2d').getImageData(0, 0, width, height).data };
}

/** Where the frame as it is now can be looked at. */
async function keep(name: string, canvas: Canvas): Promise<string> {
  const folder = join(tmpdir(), 'aura-frames');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.png`);
  await writeFile(file, canvas.toBuffer('image/png'));
  return file;
}
