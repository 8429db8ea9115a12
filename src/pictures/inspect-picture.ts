import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Canvas, createCanvas, type Image } from '@napi-rs/canvas';
import { AuraError } from '../protocol/index.ts';
import { decodePicture } from './decode-picture.ts';
import { hasAllPngPixels } from './formats/png.ts';
import { type ReadablePicture, readHeader } from './read-header.ts';
import { isSvg } from './sniff-svg.ts';
import { drawSvg } from './svg/draw-svg.ts';

export interface InspectedPicture {
  readonly contentType: string;
  /** In pixels, as it is shown: turned as it asks to be. Of an SVG, its own size; it is as sharp at any other. */
  readonly width: number;
  readonly height: number;
  /** How many frames it has, and how long they last once through: only of a GIF that moves. */
  readonly frameCount?: number;
  readonly durationSeconds?: number;
}

/**
 * Proves that a file is a whole picture by decoding all of it, which belongs in a child process.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} asset_empty, asset_unsupported, picture_invalid.
 */
export async function inspectPicture(file: string, name = basename(file)): Promise<InspectedPicture> {
  const bytes = await readFile(file);
  if (isSvg(bytes)) {
    const { width, height } = await drawSvg(bytes, name);
    return { contentType: 'image/svg+xml', width, height };
  }
  const header = await readHeader(bytes, name);
  const image = await decodePicture(bytes, name);
  if (!(await isWhole(bytes, header, image))) {
    throw new AuraError('picture_invalid', `“${name}” is damaged: some of its pixels are missing.`);
  }
  const { contentType, animation } = header;
  return { contentType, width: image.width, height: image.height, ...animation };
}

async function isWhole(
  bytes: Buffer,
  { isOpaque, contentType }: ReadablePicture,
  image: Image | Canvas,
): Promise<boolean> {
  if (isOpaque && !hasOpaqueEdges(image)) return false;
  return contentType !== 'image/png' || (await hasAllPngPixels(bytes));
}

/** Skia leaves what it cannot decode transparent, without a word: rows at the end, which rotation may put at any edge. */
function hasOpaqueEdges(image: Image | Canvas): boolean {
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
