import { randomUUID } from 'node:crypto';
import {
  AuraError,
  isTerminal,
  type Job,
  type JobEvent,
  type Json,
  type NewJobEvent,
  type Priority,
  pendingStages,
  reduceJob,
  type Webhook,
} from '../protocol/index.ts';
import {
  appendEvents,
  deleteTasks,
  findJobByKey,
  forgetOldKey,
  insertJob,
  insertWebhook,
  type Queryable,
  resetLive,
} from '../store/index.ts';
import { advanceJob } from './advance-job.ts';
import type { EngineContext } from './context.ts';
import { tellWorkers } from './control-channel.ts';
import { dropReadyTasks, endCancellation, lastStage } from './end-job.ts';
import { lockExisting } from './lock-existing.ts';
import { beginPace } from './measure-job.ts';
import { refuseWhenFull } from './queue-limit.ts';

export interface JobRequest {
  /** A UUID; chosen here when absent. */
  readonly id?: string | undefined;
  readonly title: string;
  /** What the workflow works from. */
  readonly input: Json;
  /** Whose work is done first; normal when absent. */
  readonly priority?: Priority | undefined;
  /** For 24 hours the same key again gives the job that was made for it. */
  readonly idempotencyKey?: string | undefined;
  /** Tells requests apart that come with the same key. */
  readonly requestHash?: string | undefined;
  /** Who is told when it ends. */
  readonly webhook?: Webhook | undefined;
}

export interface CreatedJob {
  readonly job: Job;
  /** False when an earlier request with the same idempotency key made it. */
  readonly isNew: boolean;
}

/**
 * Writes the job, its first event and its first tasks in one transaction: once this resolves the job is there for everybody,
 * and if it does not there is nothing.
 *
 * @throws {AuraError} job_exists; idempotency_mismatch when the key was used for another request; queue_full.
 */
export async function createJob(context: EngineContext, request: JobRequest): Promise<CreatedJob> {
  const { id = randomUUID(), title, input, priority, idempotencyKey, requestHash, webhook } = request;
  return context.database.transaction(async (transaction) => {
    const now = context.now();
    const created = { kind: 'created', jobId: id, title, stages: pendingStages(), priority } as const;
    const first: JobEvent = { ...created, seq: 1, at: now.toISOString() };
    const state = reduceJob(undefined, first);
    if (idempotencyKey !== undefined) await forgetOldKey(transaction, idempotencyKey, now);
    if (!(await insertJob(transaction, { id, input, idempotencyKey, requestHash, state }))) {
      const earlier = await findEarlier(transaction, request);
      if (earlier !== undefined) return { job: earlier, isNew: false };
      throw new AuraError('job_exists', `There is a job with the id ${id} already.`);
    }
    await refuseWhenFull(context, transaction);
    if (webhook !== undefined) await insertWebhook(transaction, id, webhook);
    await resetLive(transaction, id, 1);
    await beginPace(transaction, id);
    const job = await appendEvents(transaction, { jobId: id, state: undefined, events: [created], now });
    return { job: await advanceJob(context, transaction, { state: job, input }), isNew: true };
  });
}

/**
 * Asks for the end of a job. It is `cancelled` when the last of its tasks has really stopped, which is at once when none
 * runs; asking again changes nothing.
 *
 * @throws {AuraError} job_not_found; job_finished when it has completed or failed.
 */
export async function cancelJob(context: EngineContext, jobId: string): Promise<Job> {
  return context.database.transaction(async (transaction) => {
    const { state } = await lockExisting(transaction, jobId);
    if (state.status === 'cancelling' || state.status === 'cancelled') return state;
    const { status: jobStatus } = state;
    if (isTerminal(jobStatus))
      throw new AuraError('job_finished', `The job has already ${jobStatus}.`, { jobStatus });
    const now = context.now();
    const events: NewJobEvent[] = [...(await lastStage(transaction, state)), { kind: 'cancelling' }];
    const cancelling = await appendEvents(transaction, { jobId, state, events, now });
    await dropReadyTasks(context, transaction, jobId);
    await tellWorkers(transaction, jobId);
    return endCancellation(context, transaction, cancelling);
  });
}

/**
 * Begins a failed or cancelled job again under the same id. Results that are stored are found there.
 *
 * @throws {AuraError} job_not_found, job_not_finished, queue_full; job_finished when it has completed.
 */
export async function retryJob(context: EngineContext, jobId: string): Promise<Job> {
  return context.database.transaction(async (transaction) => {
    const { state, input } = await lockExisting(transaction, jobId);
    const { status: jobStatus } = state;
    if (jobStatus === 'completed') {
      throw new AuraError('job_finished', 'The job has already completed.', { jobStatus });
    }
    if (!isTerminal(jobStatus)) {
      throw new AuraError('job_not_finished', `The job is ${jobStatus}.`, { jobStatus });
    }
    const attempt = state.attempt + 1;
    const retried = await appendEvents(transaction, {
      jobId,
      state,
      events: [{ kind: 'retried', attempt, stages: pendingStages() }],
      now: context.now(),
    });
    await refuseWhenFull(context, transaction);
    await deleteTasks(transaction, jobId);
    await resetLive(transaction, jobId, attempt);
    await beginPace(transaction, jobId);
    return advanceJob(context, transaction, { state: retried, input });
  });
}

/** The job that was made for the same key. @throws {AuraError} idempotency_mismatch. */
async function findEarlier(
  transaction: Queryable,
  { idempotencyKey, requestHash }: JobRequest,
): Promise<Job | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const earlier = await findJobByKey(transaction, idempotencyKey);
  if (earlier === undefined) return undefined;
  const isSame = earlier.requestHash === null || earlier.requestHash === requestHash;
  if (isSame) return earlier.job;
  const detail = `The key ${JSON.stringify(idempotencyKey)} was sent with another request, which made the job ${earlier.job.id}.`;
  throw new AuraError('idempotency_mismatch', detail);
}
