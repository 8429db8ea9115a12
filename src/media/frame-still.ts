import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Frame } from 'node-av/lib';
import { createClipPainter } from './clip-painter.ts';

/** Makes small pictures of frames that are on their way to the encoder: what these were painted from need not be painted again. */
export interface FrameStill extends Disposable {
  /** As it is shown, as a JPEG. */
  jpeg(frame: Frame): Promise<Uint8Array>;
}

interface Size {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** @param maximumWidth In pixels. */
export function createFrameStill({ width, height }: Size, maximumWidth: number): FrameStill {
  const scale = Math.min(1, maximumWidth / width);
  const size = { width: Math.round(width * scale), height: Math.max(1, Math.round(height * scale)) };
  const painter = createClipPainter(size);
  return {
    jpeg: async (frame) => {
      const { pixels } = await painter.paint(frame);
      const canvas = createCanvas(size.width, size.height);
      const image = new ImageData(new Uint8ClampedArray(pixels), size.width, size.height);
      canvas.getContext('2d').putImageData(image, 0, 0);
      return await canvas.encode('jpeg', jpegQuality);
    },
    [Symbol.dispose]: () => painter[Symbol.dispose](),
  };
}

const jpegQuality = 75;
