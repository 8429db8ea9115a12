import { join } from 'node:path';
import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import type { Video } from '../../protocol/index.ts';
import { renderWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { type PlannedChunk, picturePaths, readPlanFile } from '../plan-file.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import type { PlanOutput } from './plan.ts';

/**
 * The chunks of frames. Those that must be drawn go a few to a task when they are short: starting a process takes as long
 * as drawing some ten frames. Each is stored by itself. Stored ones are tasks too, so that it can be seen what was reused.
 */
export function renderTasks(video: Video, plan: PlanOutput): TaskSpec[] {
  return inRuns(plan).map(({ index, chunks, isStored }) => ({
    name: `render-${String(index).padStart(4, '0')}`,
    stage: 'render',
    label: `Drawing ${plan.frameCount} frames`,
    workSeconds: isStored ? 0 : renderWork(video, framesOf(chunks)),
    input: toJson({ planKey: plan.planKey, chunks }),
  }));
}

/** Neighbouring chunks for one task. */
interface Run {
  /** Of the first chunk. */
  readonly index: number;
  readonly chunks: PlannedChunk[];
  readonly isStored: boolean;
}

/** Chunks that are not yet this long together are drawn in one go, in seconds. */
const runSeconds = 4;

function inRuns({ chunks, fps }: PlanOutput): Run[] {
  const runs: Run[] = [];
  for (const [index, { isStored, ...chunk }] of chunks.entries()) {
    const last = runs.at(-1);
    const isRoom = last !== undefined && framesOf(last.chunks) + chunk.frameCount <= runSeconds * fps;
    if (isRoom && !isStored && !last.isStored) last.chunks.push(chunk);
    else runs.push({ index, chunks: [chunk], isStored });
  }
  return runs;
}

function framesOf(chunks: readonly PlannedChunk[]): number {
  return chunks.reduce((sum, { frameCount }) => sum + frameCount, 0);
}

const inputSchema = z.strictObject({
  planKey: z.string(),
  chunks: z.array(z.strictObject({ key: z.string(), startFrame: z.int(), frameCount: z.int() })),
});

export const runRender: RunStage = async (context, { storage, runChild }) => {
  const { planKey, chunks } = inputSchema.parse(context.task.input);
  const missing: PlannedChunk[] = [];
  for (const chunk of chunks) if ((await storage.find(chunk.key)) === undefined) missing.push(chunk);
  if (missing.length === 0) return { output: null, cached: true };
  await withWorkFolder(storage, context, async (folder) => {
    const planPath = await storage.localPath(planKey);
    const pictures = await picturePaths(storage, await readPlanFile(planPath));
    const files = missing.map(({ key, startFrame, frameCount }, index) => {
      return { key, startFrame, frameCount, file: join(folder, String(index)) };
    });
    await runChild({ child: 'render', input: toJson({ planPath, chunks: files, pictures }), context });
    for (const { key, file } of files) await storage.putFile(key, file);
  });
  return { output: null, cached: false };
};
