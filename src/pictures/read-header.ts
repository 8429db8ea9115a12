import { AuraError, limits } from '../protocol/index.ts';
import { readAvif } from './formats/avif.ts';
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
  checkParts(header, name);
  return { ...header, contentType };
}

const readers: Readonly<Record<string, (bytes: Buffer) => PictureHeader | undefined>> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
  'image/gif': readGif,
  'image/avif': readAvif,
};

/** @throws {AuraError} picture_invalid for none and for more than limits.picturePixels. */
export function checkSize({ width, height }: Pick<PictureHeader, 'width' | 'height'>, name: string): void {
  const pixels = width * height;
  if (pixels === 0) throw invalid(`“${name}” has no pixels: ${width} x ${height}.`);
  if (pixels > limits.picturePixels) {
    const most = `at most ${limits.picturePixels / 1_000_000} million pixels are possible: save it smaller`;
    throw invalid(`“${name}” has ${width} x ${height} pixels; ${most}.`);
  }
}

function checkParts({ extraParts = 0 }: PictureHeader, name: string): void {
  if (extraParts <= limits.pictureParts) return;
  const most = `at most ${limits.pictureParts} are possible: save it anew with another program`;
  throw invalid(`“${name}” has ${extraParts} parts that a decoder would unpack for nothing; ${most}.`);
}

function invalid(detail: string): AuraError {
  return new AuraError('picture_invalid', detail);
}
