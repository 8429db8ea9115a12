import { join } from 'node:path';
import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import { assetKey } from '../../storage/asset-key.ts';
import { sampleRate } from '../../timeline/timeline.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { mixWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { type PlanFile, readPlanFile } from '../plan-file.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import type { PlanOutput } from './plan.ts';

/** The whole programme's sound is mixed once, never chunk by chunk: no seams. */
export function mixTask(plan: PlanOutput): TaskSpec {
  return {
    name: 'mix',
    stage: 'mix',
    label: 'Mixing the sound',
    workSeconds: plan.isMixStored ? 0 : mixWork(plan.frameCount / plan.fps),
    input: { planKey: plan.planKey, key: plan.mixKey },
  };
}

export function mixKey(plan: PlanFile): string {
  const inputs = {
    code: codeVersion(['media']),
    totalSamples: totalSamples(plan),
    speech: plan.speech,
    music: plan.music,
  };
  return contentKey('mix', toJson(inputs), 'm4a');
}

/** Where it is stored how loud a mix was measured to be: a MixResult as JSON. */
export function loudnessKey(key: string): string {
  return key.replace(/\.m4a$/, '.json');
}

const inputSchema = z.strictObject({ planKey: z.string(), key: z.string() });

export const runMix: RunStage = async (context, { storage, runChild }) => {
  const { planKey, key } = inputSchema.parse(context.task.input);
  const output = { key };
  // The loudness is stored last, so it cannot be there without the sound.
  if ((await storage.find(loudnessKey(key))) && (await storage.find(key))) return { output, cached: true };
  await withWorkFolder(storage, context, async (folder) => {
    const plan = await readPlanFile(await storage.localPath(planKey));
    const narration = await Promise.all(
      plan.speech.map(async ({ soundKey, startSample }) => ({
        file: await storage.localPath(soundKey),
        startSample,
      })),
    );
    const music = plan.music && { ...plan.music, file: await storage.localPath(assetKey(plan.music.source)) };
    const file = join(folder, 'mix.m4a');
    const input = toJson({ totalSamples: totalSamples(plan), narration, music, file });
    const loudness = await runChild({ child: 'mix', input, context });
    await storage.putFile(key, file);
    await storage.putBytes(loudnessKey(key), Buffer.from(JSON.stringify(loudness)));
  });
  return { output, cached: false };
};

function totalSamples({ timeline }: PlanFile): number {
  return (timeline.frameCount * sampleRate) / timeline.fps;
}
