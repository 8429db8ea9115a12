import { join } from 'node:path';
import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import type { SoundFormat } from '../../media/index.ts';
import { type Encoding, type LoudnessGoal, loudnessSchema } from '../../protocol/index.ts';
import type { Storage } from '../../storage/contract.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { mixWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { type PlannedSounds, pathsOf, readPlanFile } from '../plan-file.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import { type View, viewSuffix } from '../views.ts';
import type { PlanOutput } from './plan.ts';

/** What the sound is stored as: AAC for an MP4, Opus for a WebM. */
export const soundFormats = ['aac', 'opus'] as const satisfies readonly SoundFormat[];

export function soundFormatOf({ container }: Pick<Encoding, 'container'>): SoundFormat {
  return container === 'webm' ? 'opus' : 'aac';
}

/** The whole programme's sound is mixed once, never chunk by chunk: no seams. Outputs that sound the same share it. */
export function mixTasks(view: Pick<View, 'index'>, plan: PlanOutput): TaskSpec[] {
  const mixes = new Map(plan.mixes.map((mix) => [mix.key, mix]));
  return [...mixes.values()].map(({ key, isStored, loudness, format }, index) => ({
    name: `mix${viewSuffix(view.index)}${index === 0 ? '' : `-${format}-${index}`}`,
    stage: 'mix',
    label: 'Mixing the sound',
    workSeconds: isStored ? 0 : mixWork(plan.frameCount / plan.fps),
    units: { count: Math.ceil(plan.frameCount / plan.fps) },
    input: { planKey: plan.planKey, key, loudness, format },
  }));
}

/** What a mix depends on besides the sounds in it. */
export interface Mastering {
  readonly loudness: LoudnessGoal;
  readonly format: SoundFormat;
}

export function mixKey(sounds: PlannedSounds, { loudness, format }: Mastering): string {
  const inputs = toJson({ code: codeVersion(['media']), sounds, loudness, format });
  return contentKey('mix', inputs, format === 'opus' ? 'ogg' : 'm4a');
}

/** Where it is stored how loud a mix was measured to be: a MixResult as JSON. */
export function loudnessKey(key: string): string {
  return key.replace(/\.\w+$/, '.json');
}

const inputSchema = z.strictObject({
  planKey: z.string(),
  key: z.string(),
  loudness: loudnessSchema,
  format: z.enum(soundFormats),
});

export const runMix: RunStage = async (context, { storage, runChild }) => {
  const { planKey, key, loudness, format } = inputSchema.parse(context.task.input);
  const output = { key };
  // The loudness is stored last, so it cannot be there without the sound.
  if ((await storage.find(loudnessKey(key))) && (await storage.find(key))) return { output, cached: true };
  await withWorkFolder(storage, context, async (folder) => {
    const { sounds } = await readPlanFile(await storage.localPath(planKey));
    const file = join(folder, 'mix');
    const input = toJson({ ...(await withFiles(storage, sounds)), loudness, format, file });
    const measured = await runChild({ input, context });
    await storage.putFile(key, file);
    await storage.putBytes(loudnessKey(key), Buffer.from(JSON.stringify(measured)));
  });
  return { output, cached: false };
};

/** The sounds with the local file of each. */
async function withFiles(storage: Storage, sounds: PlannedSounds): Promise<object> {
  const { totalSamples, speech, voiceOvers, clips, music } = sounds;
  const own = [...voiceOvers, ...clips, ...(music === undefined ? [] : [music])];
  const paths = await pathsOf(
    storage,
    own.map(({ source }) => source),
  );
  const located = <Part extends { readonly source: string }>(part: Part) => ({
    ...part,
    file: paths[part.source],
  });
  return {
    totalSamples,
    speech: await Promise.all(
      speech.map(async ({ soundKey, startSample }) => ({
        file: await storage.localPath(soundKey),
        startSample,
      })),
    ),
    voiceOvers: voiceOvers.map(located),
    clips: clips.map(located),
    music: music && located(music),
  };
}
