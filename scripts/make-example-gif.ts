import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GifEncoder } from '@napi-rs/canvas';
import { createEasel } from './example-pictures/canvas.ts';
import { paintFallingSeed } from './example-pictures/falling-seed.ts';

/** Draws the animated GIF of examples/pictures, which ends as it begins: `node scripts/make-example-gif.ts` */

const size = { width: 480, height: 480 };
const frameCount = 30;
const delayMs = 60;

const easel = createEasel({ ...size, seed: 1 });
using encoder = new GifEncoder(size.width, size.height, { repeat: 0, quality: 1 });
for (let frame = 0; frame < frameCount; frame += 1) {
  paintFallingSeed(easel, frame / frameCount);
  const pixels = new Uint8Array(easel.canvas.data());
  encoder.addFrame(pixels, size.width, size.height, { delay: delayMs });
}
const gif = encoder.finish();
await writeFile(path.join(import.meta.dirname, '..', 'examples/pictures/maple-seed.gif'), gif);
console.log(`maple-seed.gif: ${Math.round(gif.length / 1000)} kB`);
