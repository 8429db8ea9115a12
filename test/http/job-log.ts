import { randomUUID } from 'node:crypto';
import type { NewJobEvent } from '../../src/protocol/index.ts';
import { type Job, pendingStages, reduceJob } from '../../src/protocol/index.ts';
import { appendEvents, type Database, insertJob, lockJob, resetLive } from '../../src/store/index.ts';

/** Writes jobs into the log as the engine does, event by event, for tests of what is read from it. */
export async function createLoggedJob(
  database: Database,
  id: string = randomUUID(),
  title = 'A talk',
): Promise<Job> {
  const created: NewJobEvent = { kind: 'created', jobId: id, title, stages: pendingStages() };
  const now = new Date();
  const state = reduceJob(undefined, { ...created, seq: 1, at: now.toISOString() });
  return database.transaction(async (transaction) => {
    await insertJob(transaction, { id, input: {}, state });
    await resetLive(transaction, id, 1);
    return appendEvents(transaction, { jobId: id, state: undefined, events: [created], now });
  });
}

export async function append(
  database: Database,
  jobId: string,
  ...events: readonly NewJobEvent[]
): Promise<Job> {
  return database.transaction(async (transaction) => {
    const locked = await lockJob(transaction, jobId);
    return appendEvents(transaction, { jobId, state: locked?.state, events, now: new Date() });
  });
}

/** Live figures of a job that is being drawn. */
export function liveAt(progress: number) {
  return { progress, stage: 'render', etaSeconds: 5, preview: null, activity: 'Drawing' } as const;
}

/** Why a job failed. */
export const failure = {
  code: 'internal',
  title: 'Something went wrong',
  detail: 'In a test.',
  action: 'Retry.',
  retryable: true,
  fault: 'ours',
} as const;
