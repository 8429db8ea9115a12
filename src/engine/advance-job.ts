import { randomUUID } from 'node:crypto';
import { AuraError, type Job, type Json, type NewJobEvent, stageNames } from '../protocol/index.ts';
import {
  insertTasks,
  learnedFactors,
  type Queryable,
  readTasks,
  type SpeedFactors,
  type TaskRow,
} from '../store/index.ts';
import type { EngineContext } from './context.ts';
import type { Advance, TaskRecord } from './contract.ts';
import { measureJob, setWorkPlan } from './measure-job.ts';
import { expectedParallelism, isLearned, parallelismOf } from './phases.ts';
import type { Unplanned } from './stages.ts';
import { appendAndTell } from './webhooks/queue-webhook.ts';

export interface JobAndInput {
  readonly state: Job;
  readonly input: Json;
}

/**
 * Asks the workflow what should exist now and makes it so: adds and sends tasks, or completes the job. Appends what this
 * means for the stages of a job that runs. The transaction holds the job.
 *
 * @returns the job's new state.
 * @throws {AuraError} what the workflow threw; internal when it leaves the job with nothing to do and no end.
 */
export async function advanceJob(
  context: EngineContext,
  transaction: Queryable,
  { state, input }: JobAndInput,
): Promise<Job> {
  const tasks = await readTasks(transaction, state.id);
  const advance = decide(context, { state, input }, tasks);
  if (advance.kind === 'complete') {
    return appendStage(context, transaction, state, ended(advance.artifacts));
  }
  await addTasks(context, transaction, { state, tasks, advance });
  // While a job waits for its turn nothing is measured: the bar and the clock begin with its first task.
  return state.status === 'queued' ? state : appendStage(context, transaction, state);
}

/** Appends where the job's stages and its bar are now, and then `more`. */
export async function appendStage(
  context: EngineContext,
  transaction: Queryable,
  state: Job,
  more: readonly NewJobEvent[] = [],
): Promise<Job> {
  const now = context.now();
  const measured = await measureJob(transaction, state.id, { quietMilliseconds: 0 });
  const events: NewJobEvent[] = [{ kind: 'stage', ...measured }, ...more];
  return appendAndTell(context, transaction, { jobId: state.id, state, events, now });
}

export function toRecord({ name, stage, label, workSeconds, input, state, ...row }: TaskRow): TaskRecord {
  const { fraction, cached, output } = row;
  const units = row.units === null ? undefined : { count: row.units };
  return { name, stage, label, workSeconds, units, input, state, fraction, cached, output };
}

function decide(
  { workflow }: EngineContext,
  { state, input }: JobAndInput,
  tasks: readonly TaskRow[],
): Advance {
  try {
    return workflow.advance({ id: state.id, input }, tasks.map(toRecord));
  } catch (error) {
    if (error instanceof AuraError) throw error;
    throw new AuraError('internal', `What comes next could not be decided: ${String(error)}`, {
      cause: error,
    });
  }
}

interface Addition {
  readonly state: Job;
  readonly tasks: readonly TaskRow[];
  readonly advance: Extract<Advance, { kind: 'continue' }>;
}

async function addTasks(
  { queue, places }: EngineContext,
  transaction: Queryable,
  { state: { id: jobId, priority, isPausing }, tasks, advance }: Addition,
): Promise<void> {
  const known = new Set(tasks.map(({ name }) => name));
  const wanted = [...new Map(advance.tasks.map((task) => [task.name, task])).values()];
  const added = wanted.filter(({ name }) => !known.has(name));
  if (added.length === 0 && !tasks.some(isUnfinished)) {
    throw new AuraError('internal', 'Nothing is left to do, and the job is not complete.');
  }
  // In ascending order, because messages sent together are fetched in the order of their ids.
  const messageIds = added.map(() => randomUUID()).sort();
  const factors = await learnedFactors(transaction);
  const messages = added.map(({ units, ...task }, index) => ({
    ...task,
    workSeconds: task.workSeconds * (factors[task.stage] ?? 1),
    modelSeconds: task.workSeconds,
    units: units?.count ?? null,
    videoSeconds: units?.videoSeconds ?? null,
    jobId,
    priority,
    messageId: messageIds[index] ?? randomUUID(),
  }));
  if (messages.length > 0) {
    await insertTasks(transaction, jobId, messages);
    // A job that is to be paused keeps them until it is resumed.
    if (!isPausing) await queue.send(transaction, messages);
  }
  const unplanned = scaled(advance.unplanned, factors);
  const machine = { places, isLearned: isLearned(factors) };
  await setWorkPlan(transaction, jobId, {
    unplanned,
    parallelism: {
      ...(tasks.length === 0 && expectedParallelism(unplanned, machine)),
      ...parallelismOf(messages, machine),
    },
    isLearned: machine.isLearned,
  });
}

function scaled(unplanned: Unplanned, factors: SpeedFactors): Unplanned {
  return Object.fromEntries(
    stageNames.map((stage) => [stage, (unplanned[stage] ?? 0) * (factors[stage] ?? 1)]),
  );
}

function isUnfinished({ state }: TaskRow): boolean {
  return state === 'ready' || state === 'running';
}

function ended(artifacts: Extract<Advance, { kind: 'complete' }>['artifacts']): NewJobEvent[] {
  return [
    ...artifacts.map((artifact): NewJobEvent => ({ kind: 'artifact', artifact })),
    { kind: 'completed', artifacts: [...artifacts] },
  ];
}
