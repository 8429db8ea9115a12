import { join } from 'node:path';
import { z } from 'zod';
import type { Json, TaskRecord, TaskSpec } from '../../engine/contract.ts';
import type { Composition } from '../../protocol/index.ts';
import type { Storage } from '../../storage/contract.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { planWork } from '../cost-model.ts';
import { isRemote, toJson } from '../export-input.ts';
import { readPlanFile } from '../plan-file.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import { fetchOutputSchema, fetchTaskName } from './fetch.ts';
import { mixKey } from './mix.ts';
import { speechKeys, speechKeysSchema } from './narrate.ts';

/** The task that turns measured speech and fetched files into exact frames and samples. */
export function planTask(composition: Composition, tasks: readonly TaskRecord[]): TaskSpec {
  const outputs = new Map(tasks.map((task) => [task.name, task.output]));
  return {
    name: 'plan',
    stage: 'plan',
    label: 'Planning the frames',
    workSeconds: planWork,
    input: toJson({
      composition: withFetched(composition, outputs),
      speech: composition.scenes.map((scene) =>
        scene.narration.map(({ text }) => speechKeys(composition, text)),
      ),
    }),
  };
}

const inputSchema = z.strictObject({
  composition: z.custom<Json>(),
  speech: z.array(z.array(speechKeysSchema)),
});

/** The stored plan, and of it what the workflow needs to ask for the later tasks. */
export const planOutputSchema = z.strictObject({
  planKey: z.string(),
  mixKey: z.string(),
  isMixStored: z.boolean(),
  fps: z.number(),
  frameCount: z.int(),
  chunks: z.array(
    z.strictObject({ key: z.string(), startFrame: z.int(), frameCount: z.int(), isStored: z.boolean() }),
  ),
});
export type PlanOutput = z.output<typeof planOutputSchema>;

export const runPlan: RunStage = async (context, { storage, runChild }) => {
  const input = inputSchema.parse(context.task.input);
  const planKey = contentKey(
    'plan',
    toJson({ code: codeVersion(['pipeline', 'timeline', 'drawing', 'media']), ...input }),
    'json',
  );
  const isStored = (await storage.find(planKey)) !== undefined;
  if (!isStored) {
    await withWorkFolder(storage, context, async (folder) => {
      const words = await Promise.all(
        input.speech.map((scene) => Promise.all(scene.map(({ wordsKey }) => storage.localPath(wordsKey)))),
      );
      await runChild({ child: 'plan', input: toJson({ ...input, words, folder }), context });
      await storage.putFile(planKey, join(folder, 'plan.json'));
    });
  }
  return { output: toJson(await describePlan(storage, planKey)), cached: isStored };
};

async function describePlan(storage: Storage, planKey: string): Promise<PlanOutput> {
  const plan = await readPlanFile(await storage.localPath(planKey));
  const mix = mixKey(plan);
  return {
    planKey,
    mixKey: mix,
    isMixStored: (await storage.find(mix)) !== undefined,
    fps: plan.timeline.fps,
    frameCount: plan.timeline.frameCount,
    chunks: await Promise.all(
      plan.chunks.map(async (chunk) => ({
        ...chunk,
        isStored: (await storage.find(chunk.key)) !== undefined,
      })),
    ),
  };
}

/** The composition with each remote source replaced by the asset that was fetched from it. */
function withFetched(composition: Composition, outputs: ReadonlyMap<string, Json>): Composition {
  const local = (source: string): string =>
    isRemote(source) ? fetchOutputSchema.parse(outputs.get(fetchTaskName(source))).asset : source;
  return {
    ...composition,
    ...(composition.music && { music: { ...composition.music, source: local(composition.music.source) } }),
    scenes: composition.scenes.map((scene) =>
      scene.picture
        ? { ...scene, picture: { ...scene.picture, source: local(scene.picture.source) } }
        : scene,
    ),
  };
}
