import { type Canvas, createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import type { Box, DrawingContext } from '../drawing/index.ts';
import type { ClipPicture } from './clip-reader.ts';
import { isOpaque as isKnownOpaque, markOpaque } from './opaque-picture.ts';

/** Gives a canvas as large as the picture, on which nothing else is shown until the next picture is. */
export type OpenPictureCanvas = (isOpaque: boolean) => Canvas;

/**
 * A picture as it was decoded, in memory that is not its own, and RGBA only when somebody looks. Shown as it is on a layer, it is
 * copied there; only when it is drawn otherwise it is put on a canvas of its own first: two copies more, and 16 MB at 1080p.
 */
export class RawPicture {
  readonly width: number;
  readonly height: number;
  /** Whose it is: it takes the place of the picture before, of the same clip. */
  readonly openCanvas: OpenPictureCanvas;
  readonly decoded: ClipPicture;
  #pixels: ImageData | undefined;
  #canvas: Canvas | undefined;

  constructor(picture: ClipPicture, openCanvas: OpenPictureCanvas) {
    this.width = picture.width;
    this.height = picture.height;
    this.openCanvas = openCanvas;
    this.decoded = picture;
    if (picture.isOpaque) markOpaque(this);
  }

  /** RGBA. */
  #imageData(): ImageData {
    if (this.#pixels === undefined) {
      const { buffer, byteOffset, length } = this.decoded.pixels;
      const bytes = new Uint8ClampedArray(buffer as ArrayBuffer, byteOffset, length);
      this.#pixels = new ImageData(bytes, this.width, this.height);
    }
    return this.#pixels;
  }

  canvas(): Canvas {
    if (this.#canvas === undefined) {
      this.#canvas = this.openCanvas(isKnownOpaque(this));
      this.#canvas.getContext('2d').putImageData(this.#imageData(), 0, 0);
    }
    return this.#canvas;
  }

  /** Copies a part of an opaque picture to the same place on a canvas, whatever that is set to paint like. */
  copyTo(context: DrawingContext, area: Box): void {
    const isWhole = area.width === this.width && area.height === this.height;
    context.putImageData((isWhole ? this.#imageData() : this.#cutOut(area)) as never, area.x, area.y);
  }

  /** For the canvas copies all that it is handed, even when it is to show a part of that. */
  #cutOut({ x, y, width, height }: Box): ImageData {
    const { data } = this.#imageData();
    const part = new Uint8ClampedArray(width * height * 4);
    for (let row = 0; row < height; row += 1) {
      const start = ((y + row) * this.width + x) * 4;
      part.set(data.subarray(start, start + width * 4), row * width * 4);
    }
    return new ImageData(part, width, height);
  }
}

/** Makes a transparent canvas that raw pictures can be drawn on like any others. */
export function openCanvas(width: number, height: number): Canvas {
  const canvas = createCanvas(width, height);
  const open = canvas.getContext.bind(canvas);
  let context: SKRSContext2D | undefined;
  canvas.getContext = (_kind: string, settings?: { readonly alpha?: boolean }) => {
    context ??= takingRawPictures(open('2d', settings));
    return context;
  };
  return canvas;
}

function takingRawPictures(context: SKRSContext2D): SKRSContext2D {
  const draw = context.drawImage.bind(context) as (...values: unknown[]) => void;
  context.drawImage = (picture: unknown, ...places: number[]) =>
    draw(picture instanceof RawPicture ? picture.canvas() : picture, ...places);
  return context;
}
