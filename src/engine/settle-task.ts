import {
  AuraError,
  errorTable,
  type Failure,
  isTerminal,
  type StageName,
  toFailure,
} from '../protocol/index.ts';
import {
  appendEvents,
  hasUnfinishedTasks,
  type LockedJob,
  learnSpeed,
  lockJob,
  type Queryable,
  readTask,
  type TaskRow,
  updateTask,
} from '../store/index.ts';
import { advanceJob, appendStage } from './advance-job.ts';
import type { EngineContext } from './context.ts';
import type { TaskResult } from './contract.ts';
import { endCancellation, failJob } from './end-job.ts';
import type { Run } from './live-reports.ts';
import { endPausing } from './pause-job.ts';
import { sendTasks } from './send-tasks.ts';
import type { Delivery } from './task-queue.ts';
import { thisMachine } from './this-machine.ts';

/** How the run of a task ended. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** It was stopped from outside before it had a result. */
  | { readonly kind: 'stopped' };

/** A failed task is tried again this often, when its error says that this can help. */
const mostRetries = 2;

/**
 * Writes down how a task ended and what follows from it, in one short transaction. Changes nothing when the delivery does not
 * hold the task any more: then somebody else has it.
 */
export async function settleTask(context: EngineContext, { delivery, outcome, run }: Ended): Promise<void> {
  const { jobId, taskName } = delivery;
  await context.database.transaction(async (transaction) => {
    const job = await lockJob(transaction, jobId);
    const task = await readTask(transaction, jobId, taskName);
    if (job === undefined || isTerminal(job.state.status)) return;
    if (task?.state !== 'running' || task.claim !== delivery.claim) return;
    const held: Held = { jobId, job, task, run };
    if (job.state.status === 'cancelling') {
      await updateTask(transaction, keyOf(held), { state: 'cancelled', claim: null });
      await endCancellation(context, transaction, job.state);
    } else if (outcome.kind === 'done') {
      await finish(context, transaction, held, outcome.result);
    } else if (outcome.kind === 'failed') {
      await fail(context, transaction, held, outcome.error);
    } else {
      await queueAgain(context, transaction, held, { deliveries: task.deliveries - 1 });
    }
    const after = job.state.isPausing ? await lockJob(transaction, jobId) : undefined;
    if (after !== undefined) await endPausing(context, transaction, after.state);
  });
}

export interface Ended {
  readonly delivery: Delivery;
  readonly outcome: Outcome;
  readonly run: Pick<Run, 'reusedUnits' | 'workedSeconds'>;
}

interface Held extends Pick<Ended, 'run'> {
  readonly jobId: string;
  readonly job: LockedJob;
  readonly task: TaskRow;
}

function keyOf({ jobId, task }: Held): { jobId: string; name: string } {
  return { jobId, name: task.name };
}

async function finish(
  context: EngineContext,
  transaction: Queryable,
  held: Held,
  { output, cached }: TaskResult,
): Promise<void> {
  const { job, task, jobId, run } = held;
  const units = task.units ?? 0;
  const counted = { unitsDone: units, unitsCached: cached ? units : run.reusedUnits };
  const done = { state: 'done', fraction: 1, cached, output, claim: null, ...counted } as const;
  await updateTask(transaction, keyOf(held), done);
  if (!cached) await learnFrom(transaction, task, run);
  if (await hasUnfinishedTasks(transaction, jobId, task.stage)) {
    await appendStage(context, transaction, job.state);
    return;
  }
  try {
    await advanceJob(context, transaction, job);
  } catch (error) {
    // What the database throws is no fault of the job: the lease brings the task again.
    if (!(error instanceof AuraError)) throw error;
    await failJob(context, transaction, { state: job.state, error: placed(task, error) });
  }
}

/** How many tasks of a stage it takes to change what is believed of a machine; a job has many of some and one of others. */
const memoryOf = { narrate: 10, fetch: 10, plan: 4, render: 40, mix: 4, finish: 4 } as const satisfies Record<
  StageName,
  number
>;

async function learnFrom(
  transaction: Queryable,
  { stage, modelSeconds, units }: TaskRow,
  { reusedUnits, workedSeconds }: Ended['run'],
): Promise<void> {
  // A part of the work says little about the whole: starting takes the same time.
  if (modelSeconds <= 0 || (units !== null && reusedUnits > units / 2)) return;
  await learnSpeed(transaction, {
    ...{ machine: thisMachine, stage, memory: memoryOf[stage] },
    measuredSeconds: workedSeconds(),
    modelSeconds: modelSeconds * (1 - reusedUnits / Math.max(units ?? 1, 1)),
  });
}

async function fail(
  context: EngineContext,
  transaction: Queryable,
  held: Held,
  error: unknown,
): Promise<void> {
  const { job, task, jobId } = held;
  const failures = task.failures + 1;
  const failure = placed(task, error);
  if (!canHelp(error) || failures > mostRetries) {
    await updateTask(transaction, keyOf(held), { state: 'failed', failures, claim: null });
    await failJob(context, transaction, { state: job.state, error: failure });
    return;
  }
  const message = `${task.label}: ${failure.title}. ${failure.detail} Trying again (${failures} of ${mostRetries}).`;
  await appendEvents(transaction, {
    jobId,
    state: job.state,
    events: [{ kind: 'log', message }],
    now: context.now(),
  });
  await queueAgain(context, transaction, held, { failures, delaySeconds: 2 ** (failures - 1) });
}

interface Again {
  readonly deliveries?: number;
  readonly failures?: number;
  readonly delaySeconds?: number;
}

/** Sends a new message for the task; what still comes for the old one is a duplicate from now on. */
async function queueAgain(
  context: EngineContext,
  transaction: Queryable,
  held: Held,
  { delaySeconds, ...counts }: Again,
): Promise<void> {
  await updateTask(transaction, keyOf(held), { unitsDone: 0, unitsCached: 0, ...counts });
  const { job, task } = held;
  await sendTasks(context, transaction, {
    state: job.state,
    tasks: [task],
    ...(delaySeconds !== undefined && { delaySeconds }),
  });
}

function canHelp(error: unknown): boolean {
  return error instanceof AuraError && errorTable[error.code].retryable;
}

/** The failure as the job carries it: with the stage and the task it happened in. */
function placed({ stage, name }: TaskRow, error: unknown): Failure {
  const failure = toFailure(error);
  return { ...failure, place: { ...failure.place, stage, task: name } };
}
