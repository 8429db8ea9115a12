import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { finishVideo, makePoster, verifyVideo } from '../../media/index.ts';
import { type Timeline, toSrt, toVtt } from '../../timeline/index.ts';
import { readPlanFile } from '../plan-file.ts';
import { posterFrame } from '../poster-frame.ts';

const inputSchema = z.strictObject({
  planPath: z.string(),
  chunks: z.array(z.strictObject({ file: z.string(), frameCount: z.int() })),
  audio: z.string(),
  title: z.string(),
  language: z.string(),
  folder: z.string(),
});

/** Writes the four artifacts into the folder, and opens the video again to prove that it is what was asked for. */
serveChild(async (input, { signal, progress }) => {
  const request = inputSchema.parse(input);
  const { timeline } = await readPlanFile(request.planPath);
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
  progress(joinShare, 'Checking the finished file');
  await verify(file, timeline, signal);
  return null;
});

/** Share of the stage's time that joining takes, as measured; the rest opens the file again. */
const joinShare = 0.5;

async function verify(file: string, timeline: Timeline, signal: AbortSignal): Promise<void> {
  const { width, height, fps, frameCount } = timeline;
  const hasAudio = timeline.speech.length > 0;
  await verifyVideo({
    file,
    width,
    height,
    fps,
    frameCount,
    durationSeconds: frameCount / fps,
    hasAudio,
    signal,
  });
}

async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
