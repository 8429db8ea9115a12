import { join } from 'node:path';
import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import { chunkWork, drawingStartWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { ownFonts } from '../own-fonts.ts';
import { type PlanFile, type PlannedChunk, readPlanFile, visualPaths } from '../plan-file.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import { type View, viewSuffix } from '../views.ts';
import type { PlanOutput } from './plan.ts';

/**
 * The chunks of frames. Those that must be drawn go a few to a task when they are short: each task loads what it shows. Each
 * chunk is stored by itself. Those that are there are tasks too, so that it can be seen what was reused: as few as there can
 * be, for each takes the database's time.
 *
 * What takes longest is drawn first, wherever it stands in the video, and the shortest last: so all processors end together.
 * What shows the same as another chunk comes when that one is there.
 */
export function renderTasks(view: View, plan: PlanOutput): TaskSpec[] {
  const runs = inRuns(weigh(view, plan));
  const drawn = ofKind(runs, 'missing').sort((one, other) => workOf(other.chunks) - workOf(one.chunks));
  return [
    ...ofKind(runs, 'stored').map((run) => taskOf(run, { view, plan })),
    ...drawn.map((run, index) => taskOf(run, { view, plan, ...drawingStartWork(index, view.video) })),
    ...ofKind(runs, 'repeated').map((run) => taskOf(run, { view, plan })),
  ];
}

function taskOf(
  { index, chunks, kind }: Run,
  of: { readonly view: View; readonly plan: PlanOutput } & Partial<ReturnType<typeof drawingStartWork>>,
): TaskSpec {
  const { view, plan, startSeconds = 0, warmUpSeconds = 0 } = of;
  return {
    name: `render${viewSuffix(view.index)}-${String(index).padStart(4, '0')}`,
    stage: 'render',
    label: `Drawing ${plan.frameCount} frames`,
    workSeconds: kind === 'missing' ? startSeconds + warmUpSeconds + workOf(chunks) : 0,
    units: { count: framesOf(chunks), videoSeconds: framesOf(chunks) / plan.fps },
    input: toJson({
      ...{ planKey: plan.planKey, startSeconds, warmUpSeconds },
      chunks: chunks.map(({ keys, startFrame, frameCount, workSeconds }) => ({
        ...{ keys, startFrame, frameCount, workSeconds },
      })),
    }),
  };
}

type Kind = 'stored' | 'missing' | 'repeated';

interface Chunk extends Pick<PlannedChunk, 'keys' | 'startFrame' | 'frameCount'> {
  readonly kind: Kind;
  /** What drawing it takes, by estimate. */
  readonly workSeconds: number;
}

/** Neighbouring chunks for one task. */
interface Run {
  /** Of the first chunk. */
  readonly index: number;
  readonly chunks: Chunk[];
  readonly kind: Kind;
}

function ofKind(runs: readonly Run[], kind: Kind): Run[] {
  return runs.filter((run) => run.kind === kind);
}

function weigh({ video, encodings }: View, plan: PlanOutput): Chunk[] {
  const seen = new Set<string>();
  return plan.chunks.map((chunk) => {
    const name = chunk.keys.join();
    const kind = chunk.isStored ? 'stored' : seen.has(name) ? 'repeated' : 'missing';
    seen.add(name);
    return { ...chunk, kind, workSeconds: chunkWork(video, encodings, chunk) };
  });
}

/** Chunks that do not take this long together are drawn in one go, in estimated seconds of work. */
const runSeconds = { shortest: 2, longest: 9 } as const;
/** Nor do they take more than this share of what is left to draw: several processes have to share it. */
const largestShare = 1 / 6;

function inRuns(chunks: readonly Chunk[]): Run[] {
  let missingSeconds = workOf(chunks.filter(({ kind }) => kind === 'missing'));
  let longestSeconds = 0;
  const runs: Run[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const { kind, workSeconds } = chunk;
    const last = runs.at(-1);
    const isRoom = kind !== 'missing' || workOf(last?.chunks ?? []) + workSeconds <= longestSeconds;
    if (isRoom && last?.kind === kind) last.chunks.push(chunk);
    else {
      const share = missingSeconds * largestShare;
      longestSeconds = Math.max(runSeconds.shortest, Math.min(runSeconds.longest, share));
      runs.push({ index, chunks: [chunk], kind });
    }
    if (kind === 'missing') missingSeconds -= workSeconds;
  }
  return runs;
}

function workOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { workSeconds }) => sum + workSeconds, 0);
}

function framesOf(chunks: readonly Pick<PlannedChunk, 'frameCount'>[]): number {
  return chunks.reduce((sum, { frameCount }) => sum + frameCount, 0);
}

/** How the expected work is divided is not in the tasks of older versions, which go on after an update. */
const inputSchema = z.object({
  planKey: z.string(),
  startSeconds: z.number().default(0),
  warmUpSeconds: z.number().default(0),
  chunks: z.array(
    z.object({
      ...{ keys: z.array(z.string()), startFrame: z.int(), frameCount: z.int() },
      workSeconds: z.number().default(1),
    }),
  ),
});
type InputChunk = z.output<typeof inputSchema>['chunks'][number];

/** A chunk and the files of it that are still to be made. */
interface MissingChunk extends Omit<InputChunk, 'keys'> {
  readonly files: readonly { readonly key: string; readonly encodingIndex: number; readonly file: string }[];
}

export const runRender: RunStage = async (context, { storage, runChild }) => {
  const { planKey, chunks, ...start } = inputSchema.parse(context.task.input);
  const isStored = async (key: string): Promise<boolean> => (await storage.find(key)) !== undefined;
  const stored = await Promise.all(chunks.map(({ keys }) => Promise.all(keys.map(isStored))));
  if (stored.flat().every(Boolean)) return { output: null, cached: true };
  await withWorkFolder(storage, context, async (folder) => {
    const planPath = await storage.localPath(planKey);
    const missing = chunks.flatMap((chunk, index) =>
      missingFiles(chunk, stored[index] ?? [], join(folder, `${index}`)),
    );
    context.reuse(framesOf(chunks) - framesOf(missing));
    const plan = await readPlanFile(planPath);
    const visuals = await visualPaths(storage, plan);
    const input = toJson({ planPath, ...start, chunks: missing, visuals });
    await runChild({ input, context, environment: fontsOf(plan, visuals) });
    for (const { key, file } of missing.flatMap(({ files }) => files)) await storage.putFile(key, file);
  });
  return { output: null, cached: false };
};

/** Fonts cannot be taken back from a process that draws, and others could be drawn with them. */
function fontsOf({ timeline }: PlanFile, files: Readonly<Record<string, string>>): string {
  return JSON.stringify([timeline.theme, ownFonts(timeline.brand, files)]);
}

function missingFiles(
  { keys, ...chunk }: InputChunk,
  stored: readonly boolean[],
  fileStem: string,
): MissingChunk[] {
  const files = keys
    .map((key, encodingIndex) => ({ key, encodingIndex, file: `${fileStem}-${encodingIndex}` }))
    .filter(({ encodingIndex }) => stored[encodingIndex] !== true);
  return files.length === 0 ? [] : [{ ...chunk, files }];
}
