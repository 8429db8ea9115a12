import { extname, join } from 'node:path';
import { z } from 'zod';
import type { TaskContext, TaskSpec } from '../../engine/contract.ts';
import { artifactSchema, type Composition, containers, mediaFactsSchema } from '../../protocol/index.ts';
import { artifactKey } from '../../storage/artifact-key.ts';
import type { Storage } from '../../storage/contract.ts';
import { hashFile } from '../../storage/durable-files.ts';
import { codeVersion } from '../code-version.ts';
import { contentKey } from '../content-key.ts';
import { companionsWork, joinWork, storeShare } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import { type View, viewSuffix } from '../views.ts';
import { loudnessKey } from './mix.ts';
import type { PlanOutput } from './plan.ts';

/**
 * What makes the files of an output: one task joins the video and opens it again to check it, the other makes what goes with it:
 * poster, thumbnails, subtitles and chapters. Both need nothing but the chunks and the plan, and are done side by side.
 */
export function finishTasks(
  composition: Pick<Composition, 'title' | 'language'>,
  of: { readonly view: View; readonly plan: PlanOutput; readonly index: number },
): TaskSpec[] {
  const { view, plan, index } = of;
  const output = view.outputs[index];
  const mix = plan.mixes[index];
  if (output === undefined || mix === undefined) throw new RangeError(`the view has no output ${index}`);
  const suffix = `${viewSuffix(view.index)}${index === 0 ? '' : `-${output.name}`}`;
  const seconds = plan.frameCount / plan.fps;
  const input = {
    title: composition.title,
    language: composition.language,
    outputName: output.name,
    planKey: plan.planKey,
    chunks: plan.chunks.map(({ keys, frameCount }) => ({ key: keys[output.encodingIndex], frameCount })),
  };
  const { container, codec } = output.encoding;
  return [
    {
      name: `finish${suffix}`,
      stage: 'finish',
      label: 'Putting the file together',
      workSeconds: joinWork(seconds),
      units: { count: steps.video },
      input: toJson({ part: 'video', ...input, container, codec, mixKey: mix.key }),
    },
    {
      name: `companions${suffix}`,
      stage: 'finish',
      label: 'Making poster, thumbnails and subtitles',
      workSeconds: companionsWork(seconds),
      units: { count: steps.companions },
      input: toJson({ part: 'companions', ...input }),
    },
  ];
}

/** Joining, checking and storing; all that goes with the video is one. */
const steps = { video: 3, companions: 1 } as const;

const commonInput = {
  title: z.string(),
  language: z.string(),
  outputName: z.string().nullable(),
  planKey: z.string(),
  chunks: z.array(z.strictObject({ key: z.string(), frameCount: z.int() })),
};
const inputSchema = z.union([
  z.strictObject({ part: z.literal('companions'), ...commonInput }),
  z.strictObject({
    // Tasks of older versions, which go on after an update, do not say it.
    part: z.literal('video').default('video'),
    ...commonInput,
    container: z.enum(containers),
    codec: z.string(),
    mixKey: z.string(),
  }),
]);
type FinishInput = z.output<typeof inputSchema>;

/** Artifacts, without the URLs that belong to a job; the first of a joined video is the video. */
export const finishOutputSchema = z.strictObject({ artifacts: z.array(artifactSchema.omit({ url: true })) });
type FinishOutput = z.output<typeof finishOutputSchema>;

export const runFinish: RunStage = async (context, { storage, runChild }) => {
  const input = inputSchema.parse(context.task.input);
  const manifestKey = finishKey(input);
  const stored = await readManifest(storage, manifestKey);
  if (stored !== undefined) return { output: toJson(stored), cached: true };
  const output = await withWorkFolder(storage, context, async (folder) => {
    const childInput = toJson({ ...(await filesOf(storage, input)), folder, prefix: prefixOf(input) });
    const answer = await runChild({ input: childInput, context: untilStoring(context) });
    const { workSeconds } = context.task;
    context.progress(1 - storeShare(workSeconds), 'Storing the files', steps[input.part] - 1);
    return await storeArtifacts(storage, { folder, input, finished: childOutputSchema.parse(answer) });
  });
  await storage.putBytes(manifestKey, Buffer.from(JSON.stringify(output)));
  return { output: toJson(output), cached: false };
};

/** What the child reads, as local files. */
async function filesOf(storage: Storage, input: FinishInput) {
  const { part, title, language } = input;
  const chunks = input.chunks.map(async ({ key, frameCount }) => ({
    file: await storage.localPath(key),
    frameCount,
  }));
  const planPath = await storage.localPath(input.planKey);
  const common = { title, language, planPath, chunks: await Promise.all(chunks) };
  if (part === 'companions') return { part, ...common };
  const { container, codec, mixKey } = input;
  const audio = await storage.localPath(mixKey);
  const loudnessPath = await storage.localPath(loudnessKey(mixKey));
  return { part, ...common, container, codec, audio, loudnessPath };
}

/** For the child: when it is done, its files are still to be stored. */
function untilStoring(context: TaskContext): TaskContext {
  const share = 1 - storeShare(context.task.workSeconds);
  return {
    ...context,
    progress: (fraction, activity, unitsDone) => context.progress(fraction * share, activity, unitsDone),
  };
}

/** Whether all that the task would make is stored. */
export async function isFinished(storage: Storage, { input }: Pick<TaskSpec, 'input'>): Promise<boolean> {
  return (await readManifest(storage, finishKey(inputSchema.parse(input)))) !== undefined;
}

/** Where it is stored what a finish task made. */
function finishKey(input: FinishInput): string {
  const code = codeVersion(['pipeline', 'media', 'drawing', 'timeline']);
  return contentKey('finish', toJson({ code, ...input }), 'json');
}

/** Begins the names of an output's artifacts. */
function prefixOf({ outputName }: FinishInput): string {
  return outputName === null ? '' : `${outputName}-`;
}

/** What the child wrote into its folder; the first is the video where there are facts about it. */
const childOutputSchema = z.strictObject({ files: z.array(z.string()), media: mediaFactsSchema.optional() });

/** What is made, by the ending of its name. */
const contentTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.srt': 'application/x-subrip; charset=utf-8',
  '.vtt': 'text/vtt; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.txt': 'text/plain; charset=utf-8',
};

async function storeArtifacts(
  storage: Storage,
  made: {
    readonly folder: string;
    readonly input: FinishInput;
    readonly finished: z.output<typeof childOutputSchema>;
  },
): Promise<FinishOutput> {
  const { files, media } = made.finished;
  const artifacts = files.map(async (fileName, index) => {
    const name = prefixOf(made.input) + fileName;
    const file = join(made.folder, fileName);
    const sha256 = await hashFile(file);
    const { sizeBytes } = await storage.putFile(artifactKey({ name, sha256 }), file, sha256);
    const contentType = contentTypes[extname(fileName)] ?? 'application/octet-stream';
    return { name, contentType, sizeBytes, sha256, ...(index === 0 && media !== undefined && { media }) };
  });
  return { artifacts: await Promise.all(artifacts) };
}

/** The manifest of an earlier run, when each file it lists is still there. */
async function readManifest(storage: Storage, key: string): Promise<FinishOutput | undefined> {
  if ((await storage.find(key)) === undefined) return undefined;
  const manifest = finishOutputSchema.parse(
    JSON.parse(Buffer.from(await storage.readBytes(key)).toString('utf8')),
  );
  const found = await Promise.all(manifest.artifacts.map((artifact) => storage.find(artifactKey(artifact))));
  return found.every((blob) => blob !== undefined) ? manifest : undefined;
}
