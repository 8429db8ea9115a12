import { AuraError, isTerminal, type Job, type NewJobEvent } from '../protocol/index.ts';
import { appendEvents, type Queryable, readTasks } from '../store/index.ts';
import { appendStage } from './advance-job.ts';
import type { EngineContext } from './context.ts';
import { lastStage } from './end-job.ts';
import { lockExisting } from './lock-existing.ts';
import { sendTasks } from './send-tasks.ts';

/**
 * Keeps a job's tasks from being begun. What is being done now is finished: the job is `paused` when that is, which is at
 * once when nothing runs; asking again changes nothing.
 *
 * @throws {AuraError} job_not_found; job_finished when it has ended; job_cancelled when it is being cancelled.
 */
export async function pauseJob(context: EngineContext, jobId: string): Promise<Job> {
  return context.database.transaction(async (transaction) => {
    const { state } = await lockExisting(transaction, jobId);
    if (state.status === 'paused' || state.isPausing) return state;
    requireOpen(state);
    const events: NewJobEvent[] = [{ kind: 'pausing' }];
    const pausing = await appendEvents(transaction, { jobId, state, events, now: context.now() });
    const waiting = (await readTasks(transaction, jobId)).filter((task) => task.state === 'ready');
    await context.queue.discard(transaction, waiting);
    return endPausing(context, transaction, pausing);
  });
}

/**
 * Goes on with a job that is paused or about to be; asking again changes nothing.
 *
 * @throws {AuraError} as `pauseJob`.
 */
export async function resumeJob(context: EngineContext, jobId: string): Promise<Job> {
  return context.database.transaction(async (transaction) => {
    const { state } = await lockExisting(transaction, jobId);
    requireOpen(state);
    if (state.status !== 'paused' && !state.isPausing) return state;
    const events: NewJobEvent[] = [{ kind: 'resumed' }];
    const resumed = await appendEvents(transaction, { jobId, state, events, now: context.now() });
    const waiting = (await readTasks(transaction, jobId)).filter((task) => task.state === 'ready');
    await sendTasks(context, transaction, { state: resumed, tasks: waiting });
    // The clock of the bar goes on from here: the time in which nothing was to be done is nobody's.
    return resumed.status === 'running' ? appendStage(context, transaction, resumed) : resumed;
  });
}

/** Makes a job that is to be paused `paused`, unless a task of it still runs. The transaction holds the job. */
export async function endPausing(context: EngineContext, transaction: Queryable, state: Job): Promise<Job> {
  if (!state.isPausing) return state;
  const tasks = await readTasks(transaction, state.id);
  if (tasks.some((task) => task.state === 'running')) return state;
  const now = context.now();
  const events: NewJobEvent[] = [...(await lastStage(transaction, state)), { kind: 'paused' }];
  return appendEvents(transaction, { jobId: state.id, state, events, now });
}

function requireOpen({ status: jobStatus }: Job): void {
  if (jobStatus === 'cancelling') {
    throw new AuraError('job_cancelled', 'The job is being cancelled.', { jobStatus });
  }
  if (isTerminal(jobStatus)) {
    throw new AuraError('job_finished', `The job has already ${pastOf[jobStatus]}.`, { jobStatus });
  }
}

const pastOf = { completed: 'completed', failed: 'failed', cancelled: 'been cancelled' } as const;
