import { createCanvas, loadImage } from '@napi-rs/canvas';
import { encodeVideoChunk } from '../src/media/index.ts';

/** Makes a video to show in a video: a camera that flies to and fro over a photograph. */
export async function makeClip(request: {
  readonly photograph: string;
  readonly file: string;
  readonly seconds: number;
}): Promise<void> {
  const size = { width: 1920, height: 1080 };
  const fps = 30;
  const frameCount = Math.round(request.seconds * fps);
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  const photograph = await loadImage(request.photograph);
  let pixels = canvas.data();
  await encodeVideoChunk({
    ...{ ...size, fps, frameCount, file: request.file },
    drawFrame: (index) => {
      const turn = Math.sin((index / frameCount) * 2 * Math.PI);
      context.drawImage(photograph, -240 + 200 * turn, -135 + 100 * turn, 2400, 1350);
      if (pixels.buffer instanceof ArrayBuffer) pixels.buffer.transfer(0);
      pixels = canvas.data();
      return pixels;
    },
  });
}
