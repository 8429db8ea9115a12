import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { decodePicture, inspectPicture } from '../../src/pictures/index.ts';
import { drawHalves, pngClaiming, withOrientation } from './picture-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-pictures-'));
after(() => rm(folder, { recursive: true }));

async function inspect(bytes: Uint8Array, name = 'holiday.jpg') {
  const file = join(folder, 'file');
  await writeFile(file, bytes);
  return await inspectPicture(file, name);
}

const halves = drawHalves();
const files = {
  'image/jpeg': halves.toBuffer('image/jpeg', 90),
  'image/png': halves.toBuffer('image/png'),
  'image/webp': halves.toBuffer('image/webp', 80),
  'image/gif': halves.toBuffer('image/gif'),
} as const;

async function pixelsOf(bytes: Uint8Array) {
  const image = await decodePicture(bytes);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data];
}

const isRed = ([red = 0, , blue = 255]: number[]) => red > 200 && blue < 80;
const isBlue = ([red = 255, , blue = 0]: number[]) => red < 80 && blue > 200;

describe('pictures', () => {
  for (const [contentType, bytes] of Object.entries(files)) {
    it(`opens ${contentType} under any name`, async () => {
      assert.deepEqual(await inspect(bytes, 'x.txt'), { contentType, width: 400, height: 200 });
      const pixel = await pixelsOf(bytes);
      assert.ok(isRed(pixel(10, 10)), `${pixel(10, 10)}`);
      assert.ok(isBlue(pixel(390, 10)), `${pixel(390, 10)}`);
    });

    it(`refuses ${contentType} that is cut off anywhere`, async () => {
      const lengths = [bytes.length - 1, bytes.length - 2, bytes.length - 12, 0.9, 0.5, 0.1].map((part) =>
        part < 1 ? Math.floor(bytes.length * part) : part,
      );
      for (const length of [...lengths, 60, 40]) {
        const error = { code: 'picture_invalid', message: /^“holiday\.jpg” / };
        await assert.rejects(inspect(bytes.subarray(0, length)), error, `${length} of ${bytes.length} bytes`);
      }
    });
  }

  it('refuses a WebP that has less in it than it says, though its size is right', async () => {
    const webp = files['image/webp'];
    const cut = Buffer.from(webp.subarray(0, Math.floor(webp.length * 0.7)));
    cut.writeUInt32LE(cut.length - 8, 4);
    await assert.rejects(inspect(cut), { code: 'picture_invalid', message: /damaged/ });
  });

  it('refuses a PNG in which one bit has changed', async () => {
    const png = Buffer.from(files['image/png']);
    const middle = Math.floor(png.length / 2);
    png.writeUInt8(png.readUInt8(middle) ^ 1, middle);
    await assert.rejects(inspect(png), { code: 'picture_invalid', message: /damaged/ });
  });

  it('opens a JPEG with more data after its end, as phones write', async () => {
    const withTail = Buffer.concat([files['image/jpeg'], Buffer.from('MotionPhoto_Data'), Buffer.alloc(100)]);
    assert.equal((await inspect(withTail)).width, 400);
  });

  it('turns a JPEG as its EXIF data asks', async () => {
    const turned = { 1: [400, 200], 3: [400, 200], 6: [200, 400], 8: [200, 400] } as const;
    for (const [orientation, [width, height]] of Object.entries(turned)) {
      const jpeg = withOrientation(files['image/jpeg'], Number(orientation));
      assert.deepEqual(await inspect(jpeg), { contentType: 'image/jpeg', width, height }, orientation);
    }
    const upsideDown = await pixelsOf(withOrientation(files['image/jpeg'], 3));
    assert.ok(isBlue(upsideDown(10, 190)) && isRed(upsideDown(390, 190)));
    const clockwise = await pixelsOf(withOrientation(files['image/jpeg'], 6));
    assert.ok(isRed(clockwise(190, 10)) && isBlue(clockwise(190, 390)));
    const anticlockwise = await pixelsOf(withOrientation(files['image/jpeg'], 8));
    assert.ok(isBlue(anticlockwise(10, 10)) && isRed(anticlockwise(10, 390)));
  });

  it('keeps transparency', async () => {
    const canvas = createCanvas(20, 20);
    canvas.getContext('2d').fillRect(5, 5, 10, 10);
    for (const bytes of [canvas.toBuffer('image/png'), canvas.toBuffer('image/webp')]) {
      assert.equal((await inspect(bytes)).width, 20);
      const pixel = await pixelsOf(bytes);
      assert.equal(pixel(0, 0)[3], 0);
      assert.equal(pixel(10, 10)[3], 255);
    }
  });

  it('refuses too many pixels from the header alone, with the numbers', async () => {
    const before = process.memoryUsage().rss;
    await assert.rejects(inspect(pngClaiming(12_000, 9_000), 'poster.png'), {
      code: 'picture_invalid',
      message: '“poster.png” has 12000 x 9000 pixels; at most 60 million pixels are possible.',
    });
    assert.ok(process.memoryUsage().rss - before < 100_000_000, 'no pixel was decoded');
    await assert.rejects(inspect(pngClaiming(0, 9_000)), { code: 'picture_invalid', message: /no pixels/ });
  });

  it('refuses a PNG with fewer rows than it claims', async () => {
    assert.equal((await inspect(pngClaiming(100, 1))).width, 100);
    await assert.rejects(inspect(pngClaiming(100, 2)), { code: 'picture_invalid', message: /damaged/ });
    await assert.rejects(inspect(pngClaiming(7_000, 8_000)), { code: 'picture_invalid', message: /damaged/ });
  });

  it('counts the rows of an interlaced PNG in its seven passes', async () => {
    // 8 x 8: one byte for the filter and 1, 1, 2, 2, 4, 4, 8 of pixels, in 1, 1, 1, 2, 2, 4, 4 rows.
    const pixelBytes = 2 + 2 + 3 + 2 * 3 + 2 * 5 + 4 * 5 + 4 * 9;
    const whole = pngClaiming(8, 8, { isInterlaced: true, pixelBytes });
    assert.deepEqual(await inspect(whole), { contentType: 'image/png', width: 8, height: 8 });
    const short = pngClaiming(8, 8, { isInterlaced: true, pixelBytes: pixelBytes - 1 });
    await assert.rejects(inspect(short), { code: 'picture_invalid', message: /damaged/ });
  });

  it('refuses what is no picture, saying what it is', async () => {
    await assert.rejects(inspect(Buffer.alloc(0)), {
      code: 'asset_empty',
      message: /“holiday.jpg” is empty/,
    });
    const unsupported = (message: RegExp) => ({ code: 'asset_unsupported', message });
    await assert.rejects(
      inspect(Buffer.from('just text')),
      unsupported(/“holiday.jpg” is text\. Pictures may/),
    );
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
    await assert.rejects(inspect(Buffer.from(svg)), unsupported(/is text\./));
    await assert.rejects(
      inspect(Buffer.from(`<?xml version="1.0"?>${svg}`)),
      unsupported(/is application\/xml/),
    );
    await assert.rejects(inspect(Buffer.from('<html>')), unsupported(/is text\./));
    await assert.rejects(inspect(Buffer.from([1, 2, 3, 4])), unsupported(/of an unknown kind/));
    await assert.rejects(inspect(halves.toBuffer('image/avif')), unsupported(/is image\/avif/));
  });
});
