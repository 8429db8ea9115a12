import { type Canvas, createCanvas, type Image } from '@napi-rs/canvas';
import { largestZoom } from '../drawing/ken-burns.ts';

/**
 * Makes a decoded picture as large as it is drawn and no larger: the frame is then drawn with a plain bilinear filter,
 * which is fast, and fine for sizes this near. A smaller picture is kept as it is.
 *
 * @param canvas The video's size in pixels.
 */
export function preparePicture(
  picture: Image | Canvas,
  canvas: { readonly width: number; readonly height: number },
): Image | Canvas {
  const covering = Math.max(canvas.width / picture.width, canvas.height / picture.height);
  const scale = covering * largestZoom;
  if (scale >= 1) return picture;
  const prepared = createCanvas(Math.ceil(picture.width * scale), Math.ceil(picture.height * scale));
  const context = prepared.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, prepared.width, prepared.height);
  return prepared;
}
