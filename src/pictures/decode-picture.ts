import { type Canvas, type Image, loadImage } from '@napi-rs/canvas';
import { AuraError } from '../protocol/index.ts';
import { turnPicture } from './formats/orientation.ts';
import { readHeader } from './read-header.ts';
import { isSvg } from './sniff-svg.ts';
import { drawSvg, type SvgDrawing } from './svg/draw-svg.ts';

/**
 * Decodes a JPEG, PNG, WebP, AVIF or GIF (its first frame) for drawing, turned as it asks to be, or draws an SVG as
 * large as `drawing` says. Native code meets strangers' data here, so it belongs in a child process. What it cannot decode
 * of damaged pixels it leaves out without a word: `inspectPicture` is what proves a picture whole, once.
 *
 * @param name what people call the picture, for errors.
 * @param drawing of an SVG; other pictures have the size they have.
 * @throws {AuraError} picture_invalid when it is cut off or has more pixels than limits.picturePixels (found before any
 * pixel is decoded), or is an SVG that is more than a drawing; asset_empty and asset_unsupported when it is no picture.
 */
export async function decodePicture(
  bytes: Uint8Array,
  name = 'picture',
  drawing: SvgDrawing = {},
): Promise<Image | Canvas> {
  if (isSvg(bytes)) return await drawSvg(bytes, name, drawing);
  const { orientation } = await readHeader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), name);
  try {
    const image = await loadImage(bytes);
    await image.decode();
    return orientation === undefined ? image : turnPicture(image, orientation);
  } catch (cause) {
    throw new AuraError('picture_invalid', `“${name}” is damaged: it cannot be decoded.`, { cause });
  }
}
