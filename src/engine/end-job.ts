import type { Failure, Job, NewJobEvent } from '../protocol/index.ts';
import { type Queryable, readTasks, type TaskRow, updateTask } from '../store/index.ts';
import type { EngineContext } from './context.ts';
import { tellWorkers } from './control-channel.ts';
import { measureJob } from './measure-job.ts';
import { appendAndTell } from './webhooks/queue-webhook.ts';

/** Cancels the tasks that nobody runs and takes their messages back. The transaction holds the job. */
export async function dropReadyTasks(
  context: EngineContext,
  transaction: Queryable,
  jobId: string,
): Promise<void> {
  await cancelTasks(context, transaction, { jobId, isAffected: ({ state }) => state === 'ready' });
}

/** Ends a job that is being cancelled, unless a task of it still runs. The transaction holds the job. */
export async function endCancellation(
  context: EngineContext,
  transaction: Queryable,
  state: Job,
): Promise<Job> {
  const tasks = await readTasks(transaction, state.id);
  if (tasks.some((task) => task.state === 'running')) return state;
  return appendAndTell(context, transaction, {
    jobId: state.id,
    state,
    events: [{ kind: 'cancelled' }],
    now: context.now(),
  });
}

/** Ends a job as failed and stops what else runs for it. The transaction holds the job. */
export async function failJob(
  context: EngineContext,
  transaction: Queryable,
  { state, error }: { readonly state: Job; readonly error: Failure },
): Promise<void> {
  const now = context.now();
  const reached = await lastStage(transaction, state);
  await cancelTasks(context, transaction, {
    jobId: state.id,
    isAffected: (task) => task.state === 'ready' || task.state === 'running',
  });
  const events: NewJobEvent[] = [...reached, { kind: 'failed', error }];
  await appendAndTell(context, transaction, { jobId: state.id, state, events, now });
  await tellWorkers(transaction, state.id);
}

/** What a job that runs no further has reached: the log keeps it, for the live figures end with the work. */
export async function lastStage(transaction: Queryable, state: Job): Promise<NewJobEvent[]> {
  if (state.status !== 'running') return [];
  return [{ kind: 'stage', ...(await measureJob(transaction, state.id)) }];
}

interface Cancellation {
  readonly jobId: string;
  readonly isAffected: (task: TaskRow) => boolean;
}

async function cancelTasks(
  { queue }: EngineContext,
  transaction: Queryable,
  { jobId, isAffected }: Cancellation,
): Promise<void> {
  const affected = (await readTasks(transaction, jobId)).filter(isAffected);
  for (const { name } of affected) {
    await updateTask(transaction, { jobId, name }, { state: 'cancelled', claim: null });
  }
  // A running task's message stays: its worker, or the lease if the worker is dead, finishes it.
  await queue.discard(
    transaction,
    affected.filter(({ state }) => state === 'ready'),
  );
}
