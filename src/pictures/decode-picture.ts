import { createCanvas, type Image, loadImage } from '@napi-rs/canvas';
import { AuraError, limits } from '../protocol/index.ts';
import { readGif } from './formats/gif.ts';
import { readJpeg } from './formats/jpeg.ts';
import type { PictureHeader } from './formats/picture-header.ts';
import { hasAllPngPixels, readPng } from './formats/png.ts';
import { readWebp } from './formats/webp.ts';
import { sniffBytes } from './sniff-asset.ts';

/**
 * Decodes a JPEG, PNG, WebP or GIF (its first frame) for drawing, turned as its EXIF data asks. Native code meets
 * strangers' data here, so it belongs in a child process.
 *
 * @param name what people call the picture, for errors.
 * @throws {AuraError} picture_invalid when it is cut off, damaged or has more pixels than limits.picturePixels (found
 * before any pixel is decoded); asset_empty and asset_unsupported when it is no picture.
 */
export async function decodePicture(bytes: Uint8Array, name = 'picture'): Promise<Image> {
  const { contentType } = await sniffBytes(bytes, name);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const header = readHeader(buffer, contentType, name);
  checkHeader(header, name);
  if (contentType === 'image/png' && !(await hasAllPngPixels(buffer))) throw damaged(name);
  const image = await decodeFully(bytes, name);
  if (header.isOpaque && !hasOpaqueEdges(image)) throw damaged(name);
  return image;
}

function readHeader(bytes: Buffer, contentType: string, name: string): PictureHeader {
  const read = readers[contentType];
  if (read === undefined)
    throw new AuraError('picture_invalid', `“${name}” is ${contentType}, not a picture.`);
  const header = read(bytes);
  if (header === undefined)
    throw new AuraError('picture_invalid', `“${name}” ends before its size is named.`);
  return header;
}

const readers: Readonly<Record<string, (bytes: Buffer) => PictureHeader | undefined>> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
  'image/gif': readGif,
};

function checkHeader({ width, height, isComplete }: PictureHeader, name: string): void {
  const pixels = width * height;
  if (pixels === 0) throw new AuraError('picture_invalid', `“${name}” has no pixels: ${width} x ${height}.`);
  if (pixels > limits.picturePixels) {
    const most = `at most ${limits.picturePixels / 1_000_000} million pixels are possible`;
    throw new AuraError('picture_invalid', `“${name}” has ${width} x ${height} pixels; ${most}.`);
  }
  if (!isComplete) {
    throw new AuraError('picture_invalid', `“${name}” is cut off or damaged: it does not reach its own end.`);
  }
}

async function decodeFully(bytes: Uint8Array, name: string): Promise<Image> {
  try {
    const image = await loadImage(bytes);
    await image.decode();
    return image;
  } catch (error) {
    throw damaged(name, error);
  }
}

function damaged(name: string, cause?: unknown): AuraError {
  return new AuraError('picture_invalid', `“${name}” is damaged: not all of it can be decoded.`, { cause });
}

/** Skia leaves what it cannot decode transparent, without a word: rows at the end, which rotation may put at any edge. */
function hasOpaqueEdges(image: Image): boolean {
  const { width, height } = image;
  return [
    { x: 0, y: 0, width, height: 1 },
    { x: 0, y: height - 1, width, height: 1 },
    { x: 0, y: 0, width: 1, height },
    { x: width - 1, y: 0, width: 1, height },
  ].every((edge) => {
    const context = createCanvas(edge.width, edge.height).getContext('2d');
    context.drawImage(image, -edge.x, -edge.y);
    const { data } = context.getImageData(0, 0, edge.width, edge.height);
    return data.every((value, index) => index % 4 !== 3 || value === 255);
  });
}
