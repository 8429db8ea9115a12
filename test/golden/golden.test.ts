import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { goldenCases } from './cases.ts';
import { colorDistance } from './chroma.ts';
import { drawCase, framesFolder } from './draw-case.ts';
import { type Pixels, ssim } from './ssim.ts';

/** Below these a person sees a difference: somewhere in the picture, or in one spot of it. */
const similarity = { mean: 0.995, least: 0.9 } as const;
/** And so in one spot above this, where only the colour is another one. */
const mostColorDistance = 5;

const cases = goldenCases();

describe('frames look as they were approved', () => {
  for (const golden of cases) {
    test(golden.name, async () => {
      const drawn = await drawCase(golden);
      const approved = await readPng(join(framesFolder, `${golden.name}.png`));
      const { isSame, figures } = compare(pixelsOf(drawn), pixelsOf(approved));
      if (isSame) return;
      const file = await keep(golden.name, drawn);
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
  assert.ok(!compare(pixelsOf(drawn), pixelsOf(moved)).isSame);
  const rounded = pixelsOf(drawn);
  const data = rounded.data.map((value) => Math.min(255, value + 1));
  assert.ok(compare(rounded, { ...rounded, data }).isSame);
});

test('the comparison sees another colour of the same brightness', async () => {
  const golden = cases.find(({ name }) => name === 'layout-chart-wide');
  assert.ok(golden);
  const drawn = pixelsOf(await drawCase(golden));
  const turned = { ...drawn, data: turnedHue(drawn.data, Math.PI / 12) };
  const { mean, least } = ssim(drawn, turned);
  assert.ok(mean >= similarity.mean && least >= similarity.least, 'as bright as before');
  assert.ok(!compare(drawn, turned).isSame);
});

function compare(drawn: Pixels, approved: Pixels): { readonly isSame: boolean; readonly figures: string } {
  const { mean, least } = ssim(drawn, approved);
  const away = colorDistance(drawn, approved);
  return {
    isSame: mean >= similarity.mean && least >= similarity.least && away <= mostColorDistance,
    figures: `mean SSIM ${mean.toFixed(4)}, in one spot ${least.toFixed(3)}, colour ${away.toFixed(1)} away`,
  };
}

/** Colours turned by an angle, each as bright as it was. */
function turnedHue(data: Pixels['data'], angle: number): Uint8ClampedArray {
  const turned = Uint8ClampedArray.from(data);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    const [cb, cr] = [(blue - y) / 1.8556, (red - y) / 1.5748];
    const [r, b] = [y + 1.5748 * (cr * cos - cb * sin), y + 1.8556 * (cb * cos + cr * sin)];
    turned.set([r, (y - 0.2126 * r - 0.0722 * b) / 0.7152, b], at);
  }
  return turned;
}

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
