import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { decodePicture, inspectPicture } from '../../src/pictures/index.ts';
import { drawCorners } from './picture-files.ts';
import { avifTurned, exifOrientation, jpegWithExif, pngWithExif, webpWithExif } from './turned-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-turned-'));
after(() => rm(folder, { recursive: true }));

const stored = drawCorners(40, 20);
const jpeg = stored.toBuffer('image/jpeg', 95);
const png = stored.toBuffer('image/png');
const webp = stored.toBuffer('image/webp', 95);
const avif = stored.toBuffer('image/avif', { quality: 90 });
const mark = Buffer.from('Exif\0\0', 'latin1');

/** What is seen in the corners, by the standard's number: top left, top right, bottom left, bottom right. */
const seen = ['RGBW', 'GRWB', 'WBGR', 'BWRG', 'RBGW', 'BRWG', 'WGBR', 'GWRB'];

/** The same in an AVIF's own terms: quarter turns anticlockwise, then 0 for top and bottom, 1 for the sides exchanged. */
const avifTurns = [
  [],
  [['imir', 1]],
  [['irot', 2]],
  [['imir', 0]],
  [
    ['irot', 3],
    ['imir', 1],
  ],
  [['irot', 3]],
  [
    ['irot', 1],
    ['imir', 1],
  ],
  [['irot', 1]],
] as const;

const kinds: Readonly<Record<string, (orientation: number) => Buffer>> = {
  'a JPEG': (orientation) => jpegWithExif(jpeg, exifOrientation(orientation)),
  'a PNG': (orientation) => pngWithExif(png, exifOrientation(orientation)),
  'a PNG that says so at its end': (orientation) => pngWithExif(png, exifOrientation(orientation), 'last'),
  'a WebP': (orientation) => webpWithExif(webp, exifOrientation(orientation)),
  'a WebP whose data is marked as in a JPEG': (orientation) =>
    webpWithExif(webp, Buffer.concat([mark, exifOrientation(orientation, 'II')])),
  'an AVIF': (orientation) => avifTurned(avif, avifTurns[orientation - 1] ?? []),
};

describe('orientation', () => {
  for (const [kind, turned] of Object.entries(kinds)) {
    it(`turns and mirrors ${kind} as it asks, in all eight ways`, async () => {
      for (const [index, corners] of seen.entries()) {
        const bytes = turned(index + 1);
        const [width, height] = index < 4 ? [40, 20] : [20, 40];
        assert.deepEqual(await sizeOf(bytes), { width, height }, `${index + 1}`);
        assert.equal(await cornersOf(bytes), corners, `${index + 1}`);
      }
    });
  }

  it('leaves every pixel as it is', async () => {
    const odd = createCanvas(7, 4);
    const context = odd.getContext('2d');
    for (let at = 0; at < 28; at += 1) {
      context.fillStyle = `rgb(${at * 9} ${255 - at * 7} ${(at * 53) % 256})`;
      context.fillRect(at % 7, Math.floor(at / 7), 1, 1);
    }
    const pixels = await pixelsOf(pngWithExif(odd.toBuffer('image/png'), exifOrientation(6)));
    for (let y = 0; y < 7; y += 1) {
      for (let x = 0; x < 4; x += 1) {
        assert.deepEqual(pixels(x, y), [...context.getImageData(y, 3 - x, 1, 1).data], `${x}, ${y}`);
      }
    }
  });

  it('takes a picture as it is stored when what it says of turning makes no sense', async () => {
    const sideways = exifOrientation(6);
    const nonsense = [exifOrientation(0), exifOrientation(9), Buffer.from('II'), Buffer.alloc(0)];
    // A directory that lies outside, one that is cut off, and one with more entries than there is data.
    for (const [value, at] of [
      [4_000_000_000, 4],
      [20, 4],
    ] as const) {
      const broken = Buffer.from(sideways);
      broken.writeUInt32BE(value, at);
      nonsense.push(broken);
    }
    const long = Buffer.from(sideways);
    long.writeUInt16BE(60_000, 8);
    long.writeUInt16BE(0x0100, 10);
    nonsense.push(long);
    for (const exif of nonsense) {
      for (const bytes of [pngWithExif(png, exif), webpWithExif(webp, Buffer.concat([mark, exif]))]) {
        assert.deepEqual(await sizeOf(bytes), { width: 40, height: 20 }, exif.toString('hex'));
      }
    }
  });
});

async function sizeOf(bytes: Buffer): Promise<{ width: number; height: number }> {
  const file = join(folder, 'file');
  await writeFile(file, bytes);
  const { width, height } = await inspectPicture(file);
  return { width, height };
}

async function cornersOf(bytes: Buffer): Promise<string> {
  const { width, height } = await decodePicture(bytes);
  const pixels = await pixelsOf(bytes);
  const [right, bottom] = [width - 4, height - 4];
  return [pixels(3, 3), pixels(right, 3), pixels(3, bottom), pixels(right, bottom)].map(colorName).join('');
}

async function pixelsOf(bytes: Buffer): Promise<(x: number, y: number) => number[]> {
  const image = await decodePicture(bytes);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return (x, y) => [...context.getImageData(x, y, 1, 1).data];
}

function colorName([red = 0, green = 0, blue = 0]: number[]): string {
  if (red > 128 && green > 128 && blue > 128) return 'W';
  return red > 128 ? 'R' : green > 128 ? 'G' : 'B';
}
