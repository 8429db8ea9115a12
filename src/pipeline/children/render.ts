import { z } from 'zod';
import { type ChildWork, trimHeap } from '../../engine/index.ts';
import {
  createFrameStill,
  createYuvConverter,
  encodeVideoChunks,
  type FrameStill,
  type YuvConverter,
} from '../../media/index.ts';
import { type DrawingStage, openDrawingStage } from '../drawing-stage.ts';
import { type PlanFile, readPlanFile } from '../plan-file.ts';
import { createPreviewer } from '../previewer.ts';
import { collectGarbage } from './collect-garbage.ts';

const inputSchema = z.strictObject({
  planPath: z.string(),
  /** What a process is expected to take until it can draw, and more for its first frames; 0 when it drew for this job. */
  startSeconds: z.number(),
  warmUpSeconds: z.number(),
  /** Neighbours, in order; each is written to its file. */
  chunks: z
    .array(
      z.strictObject({
        startFrame: z.int(),
        frameCount: z.int(),
        /** Expected. */
        workSeconds: z.number(),
        files: z.array(z.strictObject({ key: z.string(), encodingIndex: z.int(), file: z.string() })),
      }),
    )
    .min(1),
  /** Local files by source. */
  visuals: z.record(z.string(), z.string()),
});

const previewWidth = 640;
/** How many frames it takes until the code that draws is compiled. */
const warmUpFrames = 30;

/** Draws and encodes chunks of frames. What the chunks of a plan have in common is kept for those that come next. */
export const work: ChildWork = async (input, { signal, progress, preview }) => {
  const { planPath, chunks, visuals, ...expected } = inputSchema.parse(input);
  const { startSeconds, warmUpSeconds } = hasDrawn ? noStart : expected;
  hasDrawn = true;
  const { stage, converter, still, timeline, encodings } = await stageOf(planPath, visuals);
  const { width, height, fps } = timeline;
  const startFrame = Math.min(...chunks.map((chunk) => chunk.startFrame));
  const endFrame = Math.max(...chunks.map((chunk) => chunk.startFrame + chunk.frameCount));
  const run = { startFrame, frameCount: endFrame - startFrame };
  const previewer = createPreviewer(() => performance.now());
  const totalSeconds = chunks.reduce(
    (sum, { workSeconds }) => sum + workSeconds,
    startSeconds + warmUpSeconds,
  );
  // No frame number: tasks draw side by side, and the numbers would jump.
  const activity = `Drawing ${timeline.frameCount} frames`;
  let doneSeconds = startSeconds;
  let drawn = 0;
  for (const { startFrame: first, frameCount, workSeconds, files } of chunks) {
    await trimNowAndThen();
    await stage.cover({ startFrame: first, frameCount }, run);
    progress(doneSeconds / totalSeconds, activity, drawn);
    await encodeVideoChunks({
      ...{ width, height, fps, frameCount, signal, converter },
      targets: files.map(({ encodingIndex, file }) => ({ ...encodings[encodingIndex], file })),
      drawFrame: (index) => stage.draw(first + index, { whole: index === 0 }),
      async onFrame(_index, frame) {
        if (drawn < warmUpFrames) doneSeconds += warmUpSeconds / warmUpFrames;
        doneSeconds += workSeconds / frameCount;
        drawn += 1;
        progress(doneSeconds / totalSeconds, activity, drawn);
        if (previewer.isDue()) preview(await still.jpeg(frame));
      },
    });
  }
  return null;
};

/** For this job or another: its code is loaded, and compiled. */
let hasDrawn = false;
const noStart = { startSeconds: 0, warmUpSeconds: 0 };

let trimmedAt = performance.now();

/** In ten seconds of drawing 15 MB are left lying between what is in use. It takes 5 ms, and clearing what is needed again. */
async function trimNowAndThen(): Promise<void> {
  if (performance.now() - trimmedAt < trimMilliseconds) return;
  trimmedAt = performance.now();
  await trimHeap();
}

const trimMilliseconds = 3_000;

interface OpenPlan extends PlanFile {
  readonly path: string;
  readonly stage: DrawingStage;
  readonly converter: YuvConverter;
  readonly still: FrameStill;
}

let last: OpenPlan | undefined;

export async function release(): Promise<void> {
  last?.converter[Symbol.dispose]();
  last?.still[Symbol.dispose]();
  await last?.stage[Symbol.asyncDispose]();
  last = undefined;
}

async function stageOf(path: string, files: Readonly<Record<string, string>>): Promise<OpenPlan> {
  if (last?.path === path) return last;
  if (last !== undefined) {
    await release();
    void collectGarbage();
  }
  const plan = await readPlanFile(path);
  const stage = openDrawingStage({ timeline: plan.timeline, files });
  const { timeline } = plan;
  const still = createFrameStill(timeline, previewWidth);
  last = { ...plan, path, stage, still, converter: createYuvConverter(timeline) };
  return last;
}
