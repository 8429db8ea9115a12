import { randomUUID } from 'node:crypto';
import { type Job, type Json, type NewJobEvent, pendingStages, reduceJob } from '../../src/protocol/index.ts';
import { appendEvents, type Database, insertJob, lockJob, resetLive } from '../../src/store/index.ts';

export interface NewTestJob {
  readonly id?: string;
  readonly title?: string;
  readonly input?: Json;
  readonly at?: Date;
  readonly idempotencyKey?: string;
}

/** Writes a job with its first event. */
export async function addJob(database: Database, job: NewTestJob = {}): Promise<Job> {
  const { id = randomUUID(), title = 'A film', input = {}, at = new Date(), idempotencyKey } = job;
  const created = { kind: 'created', jobId: id, title, stages: pendingStages() } as const;
  const state = reduceJob(undefined, { ...created, seq: 1, at: at.toISOString() });
  return database.transaction(async (transaction) => {
    if (!(await insertJob(transaction, { id, input, idempotencyKey, state }))) throw new Error('taken');
    await resetLive(transaction, id, 1);
    return appendEvents(transaction, { jobId: id, state: undefined, events: [created], now: at });
  });
}

/** Appends events to a job, as everything that changes one does: with its row locked. */
export async function append(database: Database, jobId: string, ...events: NewJobEvent[]): Promise<Job> {
  return database.transaction(async (transaction) => {
    const job = await lockJob(transaction, jobId);
    return appendEvents(transaction, { jobId, state: job?.state, events, now: new Date() });
  });
}
