import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { encodeVideoChunk } from '../../media/index.ts';
import { openDrawingStage } from '../drawing-stage.ts';
import { readPlanFile } from '../plan-file.ts';
import { createPreviewer } from '../previewer.ts';

const inputSchema = z.strictObject({
  planPath: z.string(),
  startFrame: z.int(),
  frameCount: z.int(),
  /** Local files by source. */
  pictures: z.record(z.string(), z.string()),
  file: z.string(),
});

const previewWidth = 640;

/** Draws and encodes one chunk of frames into `file`. */
serveChild(async (input, { signal, progress, preview }) => {
  const { planPath, startFrame, frameCount, pictures, file } = inputSchema.parse(input);
  const { timeline } = await readPlanFile(planPath);
  const { width, height, fps } = timeline;
  const stage = await openDrawingStage({ timeline, pictures, startFrame, frameCount });
  // No frame number: chunks are drawn side by side, and the numbers would jump.
  const activity = `Drawing ${timeline.frameCount} frames`;
  const previewer = createPreviewer(() => performance.now());
  await encodeVideoChunk({
    ...{ width, height, fps, frameCount, file, signal },
    drawFrame: (index) => stage.draw(startFrame + index),
    onFrame(index) {
      progress((index + 1) / frameCount, activity);
      if (previewer.isDue()) preview(stage.jpeg(previewWidth));
    },
  });
  return null;
});
