import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { encodeVideoChunks } from '../../media/index.ts';
import { openDrawingStage } from '../drawing-stage.ts';
import { readPlanFile } from '../plan-file.ts';
import { createPreviewer } from '../previewer.ts';

const inputSchema = z.strictObject({
  planPath: z.string(),
  /** Neighbours, in order; each is written to its file. */
  chunks: z
    .array(
      z.strictObject({
        startFrame: z.int(),
        frameCount: z.int(),
        files: z.array(z.strictObject({ key: z.string(), encodingIndex: z.int(), file: z.string() })),
      }),
    )
    .min(1),
  /** Local files by source. */
  visuals: z.record(z.string(), z.string()),
});

const previewWidth = 640;

/** Draws and encodes chunks of frames. */
serveChild(async (input, { signal, progress, preview }) => {
  const { planPath, chunks, visuals } = inputSchema.parse(input);
  const { timeline, encodings } = await readPlanFile(planPath);
  const { width, height, fps } = timeline;
  const startFrame = Math.min(...chunks.map((chunk) => chunk.startFrame));
  const endFrame = Math.max(...chunks.map((chunk) => chunk.startFrame + chunk.frameCount));
  const covered = { startFrame, frameCount: endFrame - startFrame };
  await using stage = await openDrawingStage({ timeline, files: visuals, ...covered });
  const previewer = createPreviewer(() => performance.now());
  const totalFrames = chunks.reduce((sum, { frameCount }) => sum + frameCount, 0);
  // No frame number: tasks draw side by side, and the numbers would jump.
  const activity = `Drawing ${timeline.frameCount} frames`;
  let drawn = 0;
  for (const { startFrame: first, frameCount, files } of chunks) {
    await encodeVideoChunks({
      ...{ width, height, fps, frameCount, signal },
      targets: files.map(({ encodingIndex, file }) => ({ ...encodings[encodingIndex], file })),
      drawFrame: (index) => stage.draw(first + index, { whole: index === 0 }),
      onFrame() {
        drawn += 1;
        progress(drawn / totalFrames, activity);
        if (previewer.isDue()) preview(stage.jpeg(previewWidth));
      },
    });
  }
  return null;
});
