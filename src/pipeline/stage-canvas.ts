import { createCanvas } from '@napi-rs/canvas';
import { createFramePainter, type FrameRequest } from '../drawing/index.ts';
import type { Drawn } from '../media/index.ts';
import { isOpaque } from '../media/opaque-picture.ts';
import { openCanvas, RawPicture } from '../media/raw-picture.ts';

/** A canvas on which one frame is drawn after another, and of which only what changed is read back. */
export interface StageCanvas {
  /**
   * What differs from the frame drawn before, or all of it when that is asked for: readable until the next is drawn.
   * Throws what `drawFrame` throws.
   */
  draw(request: FrameRequest, options: { readonly whole: boolean }): Drawn;
  /**
   * Gives back the pixels that were returned last, 8 MB of a frame. Whoever does so as soon as they are read has one frame
   * less in memory: it takes the event loop some turns.
   */
  release(): void;
  /** The frame drawn last as a JPEG, at most this wide, in pixels. */
  jpeg(maximumWidth: number): Uint8Array;
}

export function openStageCanvas({ width, height }: { width: number; height: number }): StageCanvas {
  const canvas = openCanvas(width, height);
  const context = canvas.getContext('2d');
  const painter = createFramePainter({
    ...{ context, createLayer: openCanvas, width, height, isOpaque },
    copyPicture: (onto, picture, area) => {
      if (!(picture instanceof RawPicture)) return false;
      picture.copyTo(onto, area);
      return true;
    },
  });
  let pixels: Uint8Array | undefined;
  const release = (): void => {
    if (pixels?.buffer instanceof ArrayBuffer) pixels.buffer.transfer(0);
    pixels = undefined;
  };
  return {
    release,
    draw: (request, { whole }) => {
      const change = painter.paint(request);
      if (change === 'nothing' && !whole) return 'unchanged';
      release();
      if (whole || typeof change === 'string') {
        pixels = canvas.data();
        return pixels;
      }
      const { data } = context.getImageData(change.x, change.y, change.width, change.height);
      pixels = new Uint8Array(data.buffer);
      return { ...change, pixels };
    },
    jpeg: (maximumWidth) => {
      const scale = Math.min(1, maximumWidth / width);
      const small = createCanvas(Math.round(width * scale), Math.round(height * scale));
      small.getContext('2d').drawImage(canvas, 0, 0, small.width, small.height);
      return small.encodeSync('jpeg', jpegQuality);
    },
  };
}

const jpegQuality = 75;
