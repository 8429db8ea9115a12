import { AuraError, limits } from '../protocol/index.ts';
import { readGif } from './formats/gif.ts';
import { readJpeg } from './formats/jpeg.ts';
import type { PictureHeader } from './formats/picture-header.ts';
import { readPng } from './formats/png.ts';
import { readWebp } from './formats/webp.ts';
import { sniffBytes } from './sniff-asset.ts';

/** A picture that may be decoded: whole as far as its structure goes, and not too large. */
export interface ReadablePicture extends PictureHeader {
  readonly contentType: string;
}

/**
 * Reads what a picture's bytes say of it, before any pixel is decoded.
 *
 * @throws {AuraError} asset_empty, asset_unsupported, picture_invalid.
 */
export async function readHeader(bytes: Buffer, name: string): Promise<ReadablePicture> {
  const { contentType } = await sniffBytes(bytes, name);
  const read = readers[contentType];
  if (read === undefined) throw invalid(`“${name}” is ${contentType}, not a picture.`);
  const header = read(bytes);
  if (header === undefined) throw invalid(`“${name}” ends before its size is named.`);
  checkSize(header, name);
  if (!header.isComplete) throw invalid(`“${name}” is cut off or damaged: it does not reach its own end.`);
  return { ...header, contentType };
}

const readers: Readonly<Record<string, (bytes: Buffer) => PictureHeader | undefined>> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
  'image/gif': readGif,
};

function checkSize({ width, height }: PictureHeader, name: string): void {
  const pixels = width * height;
  if (pixels === 0) throw invalid(`“${name}” has no pixels: ${width} x ${height}.`);
  if (pixels > limits.picturePixels) {
    const most = `at most ${limits.picturePixels / 1_000_000} million pixels are possible`;
    throw invalid(`“${name}” has ${width} x ${height} pixels; ${most}.`);
  }
}

function invalid(detail: string): AuraError {
  return new AuraError('picture_invalid', detail);
}
