import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { decodePicture, inspectPicture } from '../../src/pictures/index.ts';
import { cmykJpeg, drawHalves, gifOf, tenBitAvif } from './picture-files.ts';
import { pngClaiming, pngKinds, pngOf } from './png-files.ts';

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
  'image/avif': halves.toBuffer('image/avif'),
} as const;

async function pixelsOf(bytes: Uint8Array) {
  const image = await decodePicture(bytes);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data];
}

const isRed = ([red = 0, , blue = 255]: number[]) => red > 200 && blue < 80;
const colorName = ([red = 0, green = 0, blue = 0]: number[]) =>
  red > 128 && green > 128 && blue > 128 ? 'W' : red > 128 ? 'R' : green > 128 ? 'G' : 'B';
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

  it('opens a JPEG in print colours', async () => {
    assert.deepEqual(await inspect(cmykJpeg), { contentType: 'image/jpeg', width: 8, height: 8 });
    const pixel = await pixelsOf(cmykJpeg);
    assert.deepEqual([colorName(pixel(1, 4)), colorName(pixel(6, 4))], ['R', 'B']);
  });

  it('opens an AVIF of 10 bits, in its colours', async () => {
    assert.deepEqual(await inspect(tenBitAvif), { contentType: 'image/avif', width: 64, height: 64 });
    assert.deepEqual((await pixelsOf(tenBitAvif))(5, 5), [255, 188, 101, 255]);
  });

  for (const kind of pngKinds) {
    it(`opens a PNG of ${kind.name}`, async () => {
      const png = pngOf(kind);
      assert.deepEqual(await inspect(png), { contentType: 'image/png', width: 4, height: 4 });
      assert.deepEqual((await pixelsOf(png))(2, 2), kind.shown);
    });
  }

  it('says of a GIF whether it moves, and how long', async () => {
    const still = { contentType: 'image/gif', width: 8, height: 6 };
    assert.deepEqual(await inspect(gifOf({ delays: [20] })), still);
    const moving = await inspect(gifOf({ delays: [20, 30, 0] }));
    // A frame that names no time is shown for a tenth of a second.
    assert.deepEqual(moving, { ...still, frameCount: 3, durationSeconds: 0.6 });
  });

  it('keeps transparency', async () => {
    const canvas = createCanvas(20, 20);
    canvas.getContext('2d').fillRect(5, 5, 10, 10);
    const encoded = [
      canvas.toBuffer('image/png'),
      canvas.toBuffer('image/webp'),
      canvas.toBuffer('image/avif'),
    ];
    for (const bytes of encoded) {
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
      message:
        '“poster.png” has 12000 x 9000 pixels; at most 60 million pixels are possible: save it smaller.',
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
    await assert.rejects(inspect(Buffer.from('<html>')), unsupported(/is text\./));
    await assert.rejects(inspect(Buffer.from([1, 2, 3, 4])), unsupported(/of an unknown kind/));
    await assert.rejects(
      inspect(Buffer.from('<?xml version="1.0"?><a/>')),
      unsupported(/is application\/xml/),
    );
  });
});
