import { join } from 'node:path';
import { z } from 'zod';
import type { TaskSpec } from '../../engine/contract.ts';
import { chunkWork, drawingStartWork } from '../cost-model.ts';
import { toJson } from '../export-input.ts';
import { type PlannedChunk, readPlanFile, visualPaths } from '../plan-file.ts';
import { type RunStage, withWorkFolder } from '../stage.ts';
import { type View, viewSuffix } from '../views.ts';
import type { PlanOutput } from './plan.ts';

/**
 * The chunks of frames. Those that must be drawn go a few to a task when they are short: starting a process takes as long
 * as drawing some ten frames. Each is stored by itself. Stored ones are tasks too, so that it can be seen what was reused:
 * as few as there can be, for each takes the database's time.
 */
export function renderTasks(view: View, plan: PlanOutput): TaskSpec[] {
  const runs = inRuns(plan);
  const drawn = runs.filter(({ isStored }) => !isStored);
  return runs.map((run) => taskOf(run, drawn.indexOf(run), { view, plan }));
}

/** @param drawnIndex of those that are not stored. */
function taskOf(
  { index, chunks, isStored }: Run,
  drawnIndex: number,
  { view, plan }: { readonly view: View; readonly plan: PlanOutput },
): TaskSpec {
  const start = drawingStartWork(drawnIndex, view.video);
  const work = chunks.map((chunk) => chunkWork(view.video, view.encodings, chunk));
  const workSeconds = work.reduce((sum, seconds) => sum + seconds, start.startSeconds + start.warmUpSeconds);
  return {
    name: `render${viewSuffix(view.index)}-${String(index).padStart(4, '0')}`,
    stage: 'render',
    label: `Drawing ${plan.frameCount} frames`,
    workSeconds: isStored ? 0 : workSeconds,
    units: { count: framesOf(chunks), videoSeconds: framesOf(chunks) / plan.fps },
    input: toJson({
      ...{ planKey: plan.planKey, ...start },
      chunks: chunks.map(({ keys, startFrame, frameCount }, position) => ({
        ...{ keys, startFrame, frameCount, workSeconds: work[position] },
      })),
    }),
  };
}

/** Neighbouring chunks for one task. */
interface Run {
  /** Of the first chunk. */
  readonly index: number;
  readonly chunks: PlannedChunk[];
  readonly isStored: boolean;
}

/** Chunks that are not yet this long together are drawn in one go, in seconds. */
const runSeconds = { shortest: 4, longest: 12 } as const;
/** Nor are they more than this share of what is left to draw: the last runs are short, so that all processors end together. */
const largestShare = 1 / 6;

function inRuns({ chunks, fps }: PlanOutput): Run[] {
  let missingFrames = framesOf(chunks.filter(({ isStored }) => !isStored));
  let longestFrames = 0;
  const runs: Run[] = [];
  for (const [index, { isStored, ...chunk }] of chunks.entries()) {
    const last = runs.at(-1);
    const isRoom = isStored || framesOf([...(last?.chunks ?? []), chunk]) <= longestFrames;
    if (isRoom && last?.isStored === isStored) last.chunks.push(chunk);
    else {
      const seconds = (missingFrames * largestShare) / fps;
      longestFrames = Math.max(runSeconds.shortest, Math.min(runSeconds.longest, seconds)) * fps;
      runs.push({ index, chunks: [chunk], isStored });
    }
    if (!isStored) missingFrames -= chunk.frameCount;
  }
  return runs;
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
    const visuals = await visualPaths(storage, await readPlanFile(planPath));
    const input = toJson({ planPath, ...start, chunks: missing, visuals });
    await runChild({ input, context });
    for (const { key, file } of missing.flatMap(({ files }) => files)) await storage.putFile(key, file);
  });
  return { output: null, cached: false };
};

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
