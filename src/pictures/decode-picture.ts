import { type Image, loadImage } from '@napi-rs/canvas';
import { AuraError } from '../protocol/index.ts';
import { readHeader } from './read-header.ts';

/**
 * Decodes a JPEG, PNG, WebP or GIF (its first frame) for drawing, turned as its EXIF data asks. Native code meets
 * strangers' data here, so it belongs in a child process. What it cannot decode of damaged pixels it leaves out without a
 * word: `inspectPicture` is what proves a picture whole, once.
 *
 * @param name what people call the picture, for errors.
 * @throws {AuraError} picture_invalid when it is cut off or has more pixels than limits.picturePixels (found before any
 * pixel is decoded); asset_empty and asset_unsupported when it is no picture.
 */
export async function decodePicture(bytes: Uint8Array, name = 'picture'): Promise<Image> {
  await readHeader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), name);
  try {
    const image = await loadImage(bytes);
    await image.decode();
    return image;
  } catch (cause) {
    throw new AuraError('picture_invalid', `“${name}” is damaged: it cannot be decoded.`, { cause });
  }
}
