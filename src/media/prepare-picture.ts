import { type Canvas, createCanvas, type Image } from '@napi-rs/canvas';
import { largestZoom } from '../drawing/ken-burns.ts';
import { createOpaqueCanvas } from './opaque-picture.ts';

/**
 * Makes a decoded picture as large as it is drawn and no larger: the frame is then drawn with a plain bilinear filter,
 * which is fast, and fine for sizes this near. A smaller picture keeps its size. One that has no transparent pixel is known
 * to be opaque then: what is under it can be left out.
 *
 * @param canvas The video's size in pixels.
 * @param known.isOpaque Saves looking at every pixel, and drawing it once more.
 */
export function preparePicture(
  picture: Image | Canvas,
  canvas: { readonly width: number; readonly height: number },
  known: { readonly isOpaque: boolean } = { isOpaque: false },
): Image | Canvas {
  const covering = Math.max(canvas.width / picture.width, canvas.height / picture.height);
  const scale = Math.min(1, covering * largestZoom);
  const width = Math.ceil(picture.width * scale);
  const height = Math.ceil(picture.height * scale);
  if (!known.isOpaque) {
    const drawn = drawOn(createCanvas(width, height), picture);
    const isSeenThrough = hasTransparency(drawn);
    if (isSeenThrough && scale < 1) return drawn;
    freeCanvas(drawn);
    if (isSeenThrough) return picture;
  }
  // From the picture itself once more: painted with a canvas, it would keep the pixels of that.
  return drawOn(createOpaqueCanvas(width, height), picture);
}

/** Gives the pixels back now: the collector does not see how large they are. */
export function freeCanvas(canvas: Canvas): void {
  canvas.width = 0;
}

function drawOn(canvas: Canvas, picture: Image | Canvas): Canvas {
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  // The canvas paints when somebody looks, and holds on to the picture until it has painted something after it.
  context.getImageData(0, 0, 1, 1);
  context.fillStyle = 'transparent';
  context.fillRect(0, 0, 1, 1);
  context.getImageData(0, 0, 1, 1);
  return canvas;
}

function hasTransparency(canvas: Canvas): boolean {
  const bytes = canvas.data();
  // Signed: V8 keeps these as they are, and puts unsigned ones of this size on the heap one by one.
  const pixels = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  // All at once instead of stopping early: most pictures are opaque, and a bare loop is ten times as fast as a search.
  let common = ~0;
  for (const pixel of pixels) common &= pixel;
  if (bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0);
  return common >>> 24 !== 255;
}
