import { createInflate } from 'node:zlib';
import { readExifOrientation } from './orientation.ts';
import type { PictureHeader } from './picture-header.ts';
import { pngChunks } from './png-chunks.ts';

/** Walks through a PNG file's chunks. Undefined when it has no header. */
export function readPng(bytes: Buffer): PictureHeader | undefined {
  const format = readFormat(bytes);
  if (format === undefined) return undefined;
  const chunks = [...pngChunks(bytes)];
  const types = chunks.map(({ type }) => type);
  const exif = chunks.find(({ type }) => type === 'eXIf');
  const orientation = exif && readExifOrientation(exif.data);
  const isOpaque = !types.includes('tRNS') && format.colorType !== 4 && format.colorType !== 6;
  return {
    width: format.width,
    height: format.height,
    isOpaque,
    isComplete: types.at(-1) === 'IEND',
    extraParts: types.filter((type) => packedTypes.has(type)).length,
    ...(orientation && { orientation }),
  };
}

/** Each is inflated by the decoder, up to megabytes from a few bytes, and thrown away. */
const packedTypes = new Set(['zTXt', 'iTXt', 'iCCP']);

/** Whether a PNG's compressed data holds every pixel; a decoder draws what is missing black or not at all. */
export async function hasAllPngPixels(bytes: Buffer): Promise<boolean> {
  const format = readFormat(bytes);
  if (format === undefined) return false;
  const neededBytes = pixelBytes(format);
  const inflate = createInflate();
  let inflatedBytes = 0;
  inflate.on('data', (piece: Buffer) => {
    inflatedBytes += piece.length;
    // No more is needed, however much a hostile file would inflate to.
    if (inflatedBytes >= neededBytes) inflate.destroy();
  });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  // Damaged data is an error; what it inflated to until then is counted.
  inflate.on('error', () => resolve());
  inflate.on('close', () => resolve());
  for (const { type, data } of pngChunks(bytes)) {
    if (type === 'IDAT') inflate.write(data);
  }
  inflate.end();
  await ended;
  return inflatedBytes >= neededBytes;
}

interface PngFormat {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colorType: number;
  readonly isInterlaced: boolean;
}

function readFormat(bytes: Buffer): PngFormat | undefined {
  const header = pngChunks(bytes).next().value;
  if (header?.type !== 'IHDR' || header.data.length < 13) return undefined;
  const { data } = header;
  return {
    width: data.readUInt32BE(0),
    height: data.readUInt32BE(4),
    bitDepth: data.readUInt8(8),
    colorType: data.readUInt8(9),
    isInterlaced: data.readUInt8(12) === 1,
  };
}

/** Samples of one pixel, by colour type: grey, RGB, palette index, grey with alpha, RGBA. */
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** First column and row of each pass of an interlaced picture, and the steps from one to the next. */
const passes = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];
const onePass = [{ x: 0, y: 0, stepX: 1, stepY: 1 }];

/** Size of the pixels once inflated: each row has a byte for its filter, then whole bytes of samples. */
function pixelBytes({ width, height, bitDepth, colorType, isInterlaced }: PngFormat): number {
  const bitsPerPixel = bitDepth * (channels[colorType] ?? 1);
  return (isInterlaced ? passes : onePass).reduce((total, { x, y, stepX, stepY }) => {
    const columns = Math.ceil((width - x) / stepX);
    const rows = Math.ceil((height - y) / stepY);
    return columns <= 0 || rows <= 0 ? total : total + rows * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  }, 0);
}
