import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { finishVideo, makePoster, verifyVideo } from '../../media/index.ts';
import { toSrt, toVtt } from '../../timeline/index.ts';
import { readPlanFile } from '../plan-file.ts';
import { posterFrame } from '../poster-frame.ts';

const inputSchema = z.strictObject({
  planPath: z.string(),
  chunks: z.array(z.strictObject({ file: z.string(), frameCount: z.int() })),
  audio: z.string(),
  /** Local file of what `mixAudio` measured. */
  loudnessPath: z.string(),
  title: z.string(),
  language: z.string(),
  folder: z.string(),
});

const loudnessSchema = z.object({ lufs: z.number(), truePeakDbtp: z.number() });

/** Writes the four artifacts into the folder, and opens the video again to prove that it is what was asked for. */
serveChild(async (input, { signal, progress }) => {
  const request = inputSchema.parse(input);
  const { timeline, speech, music } = await readPlanFile(request.planPath);
  const file = join(request.folder, 'video.mp4');
  const totalBytes = await sizeOf([...request.chunks.map((chunk) => chunk.file), request.audio]);
  await finishVideo({
    ...request,
    ...{ fps: timeline.fps, file, signal },
    onProgress: (bytes) => progress((joinShare * bytes) / totalBytes, 'Putting the file together'),
  });
  await writeFile(join(request.folder, 'captions.srt'), toSrt(timeline));
  await writeFile(join(request.folder, 'captions.vtt'), toVtt(timeline));
  await makePoster({
    video: file,
    frameIndex: posterFrame(timeline),
    file: join(request.folder, 'poster.jpg'),
    signal,
  });
  const { width, height, fps, frameCount } = timeline;
  await verifyVideo({
    ...{ file, width, height, fps, frameCount, signal },
    durationSeconds: frameCount / fps,
    hasAudio: speech.length > 0 || music !== undefined,
    loudness: loudnessSchema.parse(JSON.parse(await readFile(request.loudnessPath, 'utf8'))),
    onProgress: (fraction) => progress(joinShare + (1 - joinShare) * fraction, 'Checking the finished file'),
  });
  return null;
});

/** Share of the stage's time that joining takes, as measured; the rest opens the file again. */
const joinShare = 0.3;

async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
