import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { encodeVideoChunk } from '../../media/index.ts';
import { openDrawingStage } from '../drawing-stage.ts';
import { readPlanFile } from '../plan-file.ts';
import { createPreviewer } from '../previewer.ts';

const inputSchema = z.strictObject({
  planPath: z.string(),
  /** Neighbours, in order; each is written to its file. */
  chunks: z
    .array(z.strictObject({ key: z.string(), startFrame: z.int(), frameCount: z.int(), file: z.string() }))
    .min(1),
  /** Local files by source. */
  pictures: z.record(z.string(), z.string()),
});

const previewWidth = 640;

/** Draws and encodes chunks of frames. */
serveChild(async (input, { signal, progress, preview }) => {
  const { planPath, chunks, pictures } = inputSchema.parse(input);
  const { timeline } = await readPlanFile(planPath);
  const { width, height, fps } = timeline;
  const startFrame = Math.min(...chunks.map((chunk) => chunk.startFrame));
  const endFrame = Math.max(...chunks.map((chunk) => chunk.startFrame + chunk.frameCount));
  const stage = await openDrawingStage({ timeline, pictures, startFrame, frameCount: endFrame - startFrame });
  const previewer = createPreviewer(() => performance.now());
  const totalFrames = chunks.reduce((sum, { frameCount }) => sum + frameCount, 0);
  // No frame number: tasks draw side by side, and the numbers would jump.
  const activity = `Drawing ${timeline.frameCount} frames`;
  let drawn = 0;
  for (const { startFrame: first, frameCount, file } of chunks) {
    await encodeVideoChunk({
      ...{ width, height, fps, frameCount, file, signal },
      drawFrame: (index) => stage.draw(first + index),
      onFrame() {
        drawn += 1;
        progress(drawn / totalFrames, activity);
        if (previewer.isDue()) preview(stage.jpeg(previewWidth));
      },
    });
  }
  return null;
});
