import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeAacFile } from '../src/media/aac-file.ts';
import { encodeVideoChunk } from '../src/media/encode-video-chunk.ts';
import { finishVideo } from '../src/media/finish-video.ts';
import { createEasel } from './example-pictures/canvas.ts';
import { evening, paintEvening } from './example-pictures/evening-waves.ts';
import { surfBlocks } from './example-pictures/surf-sound.ts';

/**
 * Films the clip of examples/tour: six seconds of an evening sea with the sound of its waves, which end as they begin, so
 * that it can be looped. `node scripts/make-example-clip.ts`
 */
const size = { width: 640, height: 360 };
const fps = 25;
const file = path.join(import.meta.dirname, '..', 'examples', 'tour', 'evening-waves.mp4');
const folder = await mkdtemp(path.join(tmpdir(), 'aura-clip-'));
try {
  const chunk = path.join(folder, 'pictures.mp4');
  const audio = path.join(folder, 'sound.m4a');
  const easel = createEasel({ ...size, seed: 5 });
  const frameCount = evening.seconds * fps;
  await encodeVideoChunk({
    ...size,
    fps,
    frameCount,
    file: chunk,
    quality: 'standard',
    speed: 'slow',
    drawFrame: (index) => {
      paintEvening(easel, index / frameCount);
      return easel.canvas.data();
    },
  });
  await writeAacFile(audio, surfBlocks(evening.seconds));
  await finishVideo({ chunks: [{ file: chunk, frameCount }], audio, fps, file, title: 'Evening waves' });
  console.log(`written: ${path.basename(file)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
