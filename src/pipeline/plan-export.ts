import { join } from 'node:path';
import type { Json, TaskSpec } from '../engine/contract.ts';
import { type Composition, type ExportPlan, exactFps } from '../protocol/index.ts';
import { listSources } from '../script/index.ts';
import type { Storage } from '../storage/contract.ts';
import { planWork } from './cost-model.ts';
import { type ExportInput, exportInputSchema, isRemote, toJson } from './export-input.ts';
import { type PlanFile, pathsOf, readPlanFile } from './plan-file.ts';
import type { Machines } from './stage.ts';
import { fetchTasks } from './stages/fetch.ts';
import { finishTasks, isFinished } from './stages/finish.ts';
import { mixTasks, soundFormatOf } from './stages/mix.ts';
import { narrateTasks, narrationWarnings, speechKeys, storedSpeech } from './stages/narrate.ts';
import {
  describePlan,
  type PlanOutput,
  planKeyOf,
  plannedBytes,
  speechOf,
  warningsOf,
} from './stages/plan.ts';
import { renderTasks } from './stages/render.ts';
import { type View, viewsOf } from './views.ts';

export interface PlanTools {
  readonly storage: Storage;
  readonly machines: Machines;
  /** Runs the plan child on its input. */
  readonly runPlanChild: (input: Json) => Promise<unknown>;
  /** How long tasks take by the clock, where nothing else is to be done: as fast as this machine was found to be. */
  readonly clockSeconds: (tasks: readonly Pick<TaskSpec, 'stage' | 'workSeconds'>[]) => Promise<number>;
}

/**
 * Says what an export would do: what is stored, what is not, how long it would take. What was not spoken or fetched yet
 * is guessed, and whatever shows it counts as not stored.
 */
export async function planExport(
  prepared: { readonly title: string; readonly input: Json },
  tools: PlanTools,
): Promise<ExportPlan> {
  const order = exportInputSchema.parse(prepared.input);
  const { composition } = order;
  const passages = await countPassages(tools.storage, composition);
  const gathering = [...(await unspoken(tools.storage, composition)), ...fetchTasks(composition)];
  const views = await Promise.all(viewsOf(order.outputs).map((view) => planView(order, view, tools)));
  const [first] = views;
  if (first === undefined) throw new RangeError('an export has an output');
  const planning = views.map(() => ({ stage: 'plan', workSeconds: planWork }) as const);
  const work = [...gathering, ...planning, ...views.flatMap(({ tasks }) => tasks)];
  return {
    title: prepared.title,
    isExact: gathering.length === 0,
    passages,
    fetches: fetchTasks(composition).length,
    outputs: views.flatMap(({ outputs }) => outputs),
    scenes: scenesOf(first),
    warnings: distinct([...narrationWarnings(composition), ...views.flatMap(({ warnings }) => warnings)]),
    storageBytes: views.reduce((sum, view) => sum + view.storageBytes, 0),
    workSeconds: work.reduce((sum, task) => sum + task.workSeconds, 0),
    estimatedSeconds: await tools.clockSeconds(work),
  };
}

async function countPassages(storage: Storage, composition: Composition): Promise<ExportPlan['passages']> {
  const texts = new Set(
    composition.scenes.flatMap(({ narration, voiceOver }) =>
      voiceOver ? [] : narration.map(({ text }) => text),
    ),
  );
  const stored = await Promise.all(
    [...texts].map((text) => storedSpeech(storage, speechKeys(composition, text))),
  );
  return { total: texts.size, cached: stored.filter((keys) => keys !== undefined).length };
}

/** What must be spoken: only passages that are not stored cost anything. */
async function unspoken(storage: Storage, composition: Composition): Promise<TaskSpec[]> {
  const scenes = await Promise.all(
    composition.scenes.map(async (scene) => {
      const missing = await Promise.all(
        scene.narration.map(
          async ({ text }) => (await storedSpeech(storage, speechKeys(composition, text))) === undefined,
        ),
      );
      return { ...scene, narration: scene.narration.filter((_, index) => missing[index]) };
    }),
  );
  return narrateTasks({ ...composition, scenes });
}

interface PlannedView {
  readonly plan: PlanFile;
  readonly chunks: PlanOutput['chunks'];
  readonly outputs: ExportPlan['outputs'];
  /** What is left to do. */
  readonly tasks: readonly TaskSpec[];
  readonly storageBytes: number;
  readonly warnings: ExportPlan['warnings'];
}

async function planView(order: ExportInput, view: View, tools: PlanTools): Promise<PlannedView> {
  const { storage } = tools;
  const composition = { ...order.composition, video: view.video };
  const folder = await storage.createWorkFolder(`plan-${crypto.randomUUID()}`);
  try {
    const planPath = join(folder, 'plan.json');
    await tools.runPlanChild(await planInput(composition, { ...tools, view, folder }));
    const plan = await readPlanFile(planPath);
    const sounds = view.outputs.map(({ loudness, encoding }) => ({
      loudness,
      format: soundFormatOf(encoding),
    }));
    const planKey = planKeyOf({ composition, encodings: view.encodings }, plan);
    const output = await describePlan(storage, { plan, planKey, sounds });
    const finishing = await Promise.all(
      view.outputs.map((_, index) =>
        unfinished(storage, finishTasks(composition, { view, plan: output, index })),
      ),
    );
    const left = finishing.flat();
    const making = left.length === 0 ? [] : [...mixTasks(view, output), ...renderTasks(view, output)];
    return {
      plan,
      chunks: output.chunks,
      outputs: outputsOf(
        view,
        output,
        finishing.map(({ length }) => length === 0),
      ),
      tasks: [...making, ...left],
      storageBytes: left.length === 0 ? 0 : plannedBytes(view, output),
      warnings: warningsOf(plan, view.outputs),
    };
  } finally {
    await storage.removeWorkFolder(folder);
  }
}

async function unfinished(storage: Storage, tasks: readonly TaskSpec[]): Promise<TaskSpec[]> {
  const finished = await Promise.all(tasks.map((task) => isFinished(storage, task)));
  return tasks.filter((_, index) => finished[index] !== true);
}

async function planInput(
  composition: Composition,
  of: Pick<PlanTools, 'storage' | 'machines'> & { readonly view: View; readonly folder: string },
): Promise<Json> {
  const { view, storage, machines, folder } = of;
  const speech = speechOf(composition);
  const words = await Promise.all(
    speech.map((scene) =>
      Promise.all(
        scene.map(async (keys) =>
          (await storedSpeech(storage, keys)) === undefined ? null : await storage.localPath(keys.wordsKey),
        ),
      ),
    ),
  );
  const local = listSources(composition).filter(({ source }) => !isRemote(source));
  const files = await pathsOf(
    storage,
    local.map(({ source }) => source),
  );
  return toJson({ composition, encodings: view.encodings, speech, words, files, folder, machines });
}

function outputsOf(view: View, plan: PlanOutput, finished: readonly boolean[]): ExportPlan['outputs'] {
  const { width, height, fps } = view.video;
  return view.outputs.map(({ name, encoding }, index) => ({
    ...{ name, width, height, fps, codec: encoding.codec, container: encoding.container },
    durationSeconds: plan.frameCount / exactFps(fps),
    frames: framesOf(plan.chunks),
    chunks: { total: plan.chunks.length, cached: plan.chunks.filter(({ isStored }) => isStored).length },
    isMixed: plan.mixes[index]?.isStored === true,
    isFinished: finished[index] === true,
  }));
}

function framesOf(chunks: PlanOutput['chunks']): { total: number; cached: number } {
  const sum = (some: PlanOutput['chunks']) => some.reduce((frames, { frameCount }) => frames + frameCount, 0);
  return { total: sum(chunks), cached: sum(chunks.filter(({ isStored }) => isStored)) };
}

function scenesOf({ plan: { timeline }, chunks }: PlannedView): ExportPlan['scenes'] {
  return timeline.scenes.map(({ id, startFrame, frameCount }) => {
    const own = chunks.filter((chunk) => {
      return chunk.startFrame >= startFrame && chunk.startFrame < startFrame + frameCount;
    });
    return { id, durationSeconds: frameCount / exactFps(timeline.fps), frames: framesOf(own) };
  });
}

/** Videos of several sizes show the same characters. */
function distinct(warnings: ExportPlan['warnings']): ExportPlan['warnings'] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}
