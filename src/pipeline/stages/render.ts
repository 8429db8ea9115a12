import { join } from 'node:path';
import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import type { Video } from '../../protocol/index.ts';
import { renderWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { picturePaths, readPlanFile } from '../plan-file.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import type { PlanOutput } from './plan.ts';

/** One task for each chunk of frames. */
export function renderTasks(video: Video, plan: PlanOutput): TaskSpec[] {
  return plan.chunks.map(({ key, startFrame, frameCount, isStored }, index) => ({
    name: `render-${String(index).padStart(4, '0')}`,
    stage: 'render',
    label: `Drawing ${plan.frameCount} frames`,
    workSeconds: isStored ? 0 : renderWork(video, frameCount),
    input: { planKey: plan.planKey, key, startFrame, frameCount },
  }));
}

const inputSchema = z.strictObject({
  planKey: z.string(),
  key: z.string(),
  startFrame: z.int(),
  frameCount: z.int(),
});

export const runRender: RunStage = async (context, { storage, runChild }) => {
  const { planKey, key, startFrame, frameCount } = inputSchema.parse(context.task.input);
  const output = { key };
  if (await storage.find(key)) return { output, cached: true };
  await withWorkFolder(storage, context, async (folder) => {
    const planPath = await storage.localPath(planKey);
    const pictures = await picturePaths(storage, await readPlanFile(planPath));
    const file = join(folder, 'chunk');
    await runChild({
      child: 'render',
      input: toJson({ planPath, startFrame, frameCount, pictures, file }),
      context,
    });
    await storage.putFile(key, file);
  });
  return { output, cached: false };
};
