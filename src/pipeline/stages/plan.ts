import { join } from 'node:path';
import { z } from 'zod';
import type { Json, TaskContext, TaskRecord, TaskSpec } from '../../engine/contract.ts';
import {
  AuraError,
  type Composition,
  compositionSchema,
  type DeliveryName,
  type DeliveryPreset,
  deliveryNames,
  deliveryPresets,
  exactFps,
  loudnessSchema,
  type Warning,
} from '../../protocol/index.ts';
import { listSources, withSources } from '../../script/index.ts';
import type { Storage } from '../../storage/contract.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { planWork } from '../cost-model.ts';
import { isRemote, toJson } from '../export-input.ts';
import { type PlanFile, pathsOf, readPlanFile } from '../plan-file.ts';
import { type RunStage, type StageTools, withWorkFolder } from '../stage.ts';
import { leastShare, storageNeed } from '../storage-need.ts';
import { type ChunkEncoding, type View, viewSuffix } from '../views.ts';
import { fetchOutputSchema, fetchTaskName } from './fetch.ts';
import { type Mastering, mixKey, soundFormatOf, soundFormats } from './mix.ts';
import { speechKeys, type speechKeysSchema } from './narrate.ts';

/** The task that turns measured speech and fetched files into the exact frames and samples of one view. */
export function planTask(composition: Composition, view: View, tasks: readonly TaskRecord[]): TaskSpec {
  const fetched = withFetched(composition, new Map(tasks.map((task) => [task.name, task.output])));
  return {
    name: planTaskName(view),
    stage: 'plan',
    label: 'Planning the frames',
    workSeconds: planWork,
    units: { count: 1 },
    input: toJson({
      composition: { ...fetched, video: view.video },
      encodings: view.encodings,
      outputs: view.outputs.map(({ loudness, encoding, preset }) => ({
        ...{ loudness, preset },
        format: soundFormatOf(encoding),
      })),
    }),
  };
}

export function planTaskName({ index }: Pick<View, 'index'>): string {
  return `plan${viewSuffix(index)}`;
}

const inputSchema = z.strictObject({
  composition: compositionSchema,
  encodings: z.custom<readonly ChunkEncoding[]>(),
  outputs: z.array(
    z.strictObject({
      loudness: loudnessSchema,
      format: z.enum(soundFormats),
      preset: z.enum(deliveryNames).nullable(),
    }),
  ),
});
type PlanInput = z.output<typeof inputSchema>;

/** The stored plan, and of it what the workflow needs to ask for the later tasks. */
export const planOutputSchema = z.strictObject({
  planKey: z.string(),
  fps: z.number(),
  frameCount: z.int(),
  chunks: z.array(
    z.strictObject({
      keys: z.array(z.string()),
      startFrame: z.int(),
      frameCount: z.int(),
      weight: z.number().default(1),
      /** In every encoding. */
      isStored: z.boolean(),
    }),
  ),
  /** One for each output of the view. */
  mixes: z.array(
    z.strictObject({
      key: z.string(),
      isStored: z.boolean(),
      loudness: loudnessSchema,
      format: z.enum(soundFormats),
    }),
  ),
});
export type PlanOutput = z.output<typeof planOutputSchema>;

export const runPlan: RunStage = async (context, tools) => {
  const { storage } = tools;
  const input = inputSchema.parse(context.task.input);
  const stored = await storedPlan(storage, input);
  const { plan, planKey } = stored ?? (await makePlan(context, tools, input));
  for (const warning of warningsOf(plan, input.outputs)) await context.warn(warning);
  const output = await describePlan(storage, { plan, planKey, sounds: input.outputs });
  await requireRoom(storage, input, output);
  return { output: toJson(output), cached: stored !== undefined };
};

interface KeptPlan {
  readonly planKey: string;
  readonly plan: PlanFile;
}

/** None where hardware is wished for: what there is may differ from machine to machine and from day to day. */
async function storedPlan(storage: Storage, input: PlanInput): Promise<KeptPlan | undefined> {
  if (wishesHardware(input)) return undefined;
  const planKey = planKeyOf(input);
  if ((await storage.find(planKey)) === undefined) return undefined;
  return { planKey, plan: await readPlanFile(await storage.localPath(planKey)) };
}

async function makePlan(
  context: TaskContext,
  { storage, runChild, machines }: StageTools,
  input: PlanInput,
): Promise<KeptPlan> {
  const { composition, encodings } = input;
  const speech = speechOf(composition);
  return await withWorkFolder(storage, context, async (folder) => {
    const words = await Promise.all(
      speech.map((scene) => Promise.all(scene.map(({ wordsKey }) => storage.localPath(wordsKey)))),
    );
    const files = await pathsOf(
      storage,
      listSources(composition).map(({ source }) => source),
    );
    const childInput = toJson({ composition, encodings, speech, words, files, folder, machines });
    await runChild({ input: childInput, context });
    const file = join(folder, 'plan.json');
    const plan = await readPlanFile(file);
    const planKey = planKeyOf(input, plan);
    await storage.putFile(planKey, file);
    return { planKey, plan };
  });
}

/** Found out before hours of drawing, not after. @throws {AuraError} disk_full. */
async function requireRoom(storage: Storage, input: PlanInput, plan: PlanOutput): Promise<void> {
  const neededBytes = plannedBytes({ ...input, video: input.composition.video }, plan) * leastShare;
  const freeBytes = await storage.freeBytes();
  if (neededBytes <= freeBytes) return;
  const [needed, free] = [neededBytes, freeBytes].map((bytes) => `${Math.ceil(bytes / 1e6)} MB`);
  throw new AuraError('disk_full', `The video needs at least ${needed}, and only ${free} are free.`);
}

/** About how much making the outputs of a view adds to the store, in bytes. */
export function plannedBytes(
  view: Pick<View, 'video' | 'encodings'> & { readonly outputs: readonly unknown[] },
  { chunks, frameCount, fps }: PlanOutput,
): number {
  const missing = chunks.filter(({ isStored }) => !isStored);
  return storageNeed({
    ...{ video: view.video, encodings: view.encodings, frameCount },
    missingFrames: missing.reduce((sum, chunk) => sum + chunk.frameCount, 0),
    fileCount: view.outputs.length,
    durationSeconds: frameCount / exactFps(fps),
  });
}

/** What the plan warns of, and which of the outputs are longer than their sites take. */
export function warningsOf(
  { warnings, timeline }: PlanFile,
  outputs: readonly { readonly preset: DeliveryName | null }[],
): Warning[] {
  return [...warnings, ...outputs.flatMap(({ preset }) => lengthWarnings(timeline, preset))];
}

function lengthWarnings({ frameCount, fps }: PlanFile['timeline'], preset: DeliveryName | null): Warning[] {
  const { maximumSeconds }: Partial<DeliveryPreset> = preset === null ? {} : deliveryPresets[preset];
  const seconds = frameCount / exactFps(fps);
  if (maximumSeconds === undefined || seconds <= maximumSeconds) return [];
  const message = `The video lasts ${Math.ceil(seconds)} seconds, and ${preset} takes ${maximumSeconds} at most.`;
  return [{ code: 'longer_than_preset', message }];
}

/**
 * Where the plan of a view is stored.
 *
 * @param found the encoders that the plan found: with hardware, another one makes another plan.
 */
export function planKeyOf(
  { composition, encodings }: Pick<View, 'encodings'> & Pick<PlanInput, 'composition'>,
  found?: Pick<PlanFile, 'encodings'>,
): string {
  const code = codeVersion(['pipeline', 'timeline', 'drawing', 'media', 'protocol']);
  const inputs = { code, composition, encodings, speech: speechOf(composition) };
  const encoders = wishesHardware({ encodings }) ? { found: found?.encodings } : {};
  return contentKey('plan', toJson({ ...inputs, ...encoders }), 'json');
}

function wishesHardware({ encodings }: Pick<View, 'encodings'>): boolean {
  return encodings.some(({ hardware }) => hardware);
}

/** Storage keys of what is spoken, by scene and passage; none for a scene with a recorded voice. */
export function speechOf(composition: Composition): z.output<typeof speechKeysSchema>[][] {
  return composition.scenes.map(({ narration, voiceOver }) =>
    voiceOver === undefined ? narration.map(({ text }) => speechKeys(composition, text)) : [],
  );
}

/** Of a plan, what is stored of its results. */
export async function describePlan(
  storage: Storage,
  described: {
    readonly plan: PlanFile;
    readonly planKey: string;
    readonly sounds: readonly Mastering[];
  },
): Promise<PlanOutput> {
  const { plan, planKey, sounds } = described;
  const isStored = async (key: string): Promise<boolean> => (await storage.find(key)) !== undefined;
  return {
    planKey,
    fps: plan.timeline.fps,
    frameCount: plan.timeline.frameCount,
    chunks: await Promise.all(
      plan.chunks.map(async ({ keys, startFrame, frameCount, weight }) => ({
        ...{ keys: [...keys], startFrame, frameCount, weight },
        isStored: (await Promise.all(keys.map(isStored))).every(Boolean),
      })),
    ),
    mixes: await Promise.all(
      sounds.map(async ({ loudness, format }) => {
        const key = mixKey(plan.sounds, { loudness, format });
        return { loudness, format, key, isStored: await isStored(key) };
      }),
    ),
  };
}

/** The composition with each remote source replaced by the asset that was fetched from it. */
function withFetched(composition: Composition, outputs: ReadonlyMap<string, Json>): Composition {
  const remote = listSources(composition).filter(({ source }) => isRemote(source));
  const assets = remote.map(({ source }) => {
    return [source, fetchOutputSchema.parse(outputs.get(fetchTaskName(source))).asset] as const;
  });
  return withSources(composition, Object.fromEntries(assets));
}
