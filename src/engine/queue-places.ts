import type { Job, Live, Priority } from '../protocol/index.ts';
import { type QueuedJob, readQueue, setWaitingFigures, type WaitingFigures } from '../store/index.ts';
import type { EngineContext } from './context.ts';

const everyMilliseconds = 2_000;

/** Tells the jobs that wait for others how many these are and how long their work takes. Returns what ends it. */
export function startQueuePlaces(context: EngineContext): () => Promise<void> {
  let telling: Promise<void> | undefined;
  const timer = setInterval(() => {
    telling ??= tellPlaces(context)
      .catch((error: unknown) => context.logger.warn({ err: error }, 'the queue could not be looked at'))
      .finally(() => {
        telling = undefined;
      });
  }, everyMilliseconds);
  return async () => {
    clearInterval(timer);
    await telling;
  };
}

async function tellPlaces({ database }: EngineContext): Promise<void> {
  const changed = describeWaiting(await readQueue(database));
  if (changed.length > 0) await setWaitingFigures(database, changed);
}

/** What to show of each job that waits, where that has changed. Pure. @param jobs oldest first. */
export function describeWaiting(jobs: readonly QueuedJob[]): WaitingFigures[] {
  const inOrder = jobs.toSorted((one, other) => ranks[one.priority] - ranks[other.priority]);
  let aheadSeconds = 0;
  return inOrder.flatMap((job, jobsAhead) => {
    const queue = { jobsAhead, etaSeconds: Math.round(aheadSeconds) };
    aheadSeconds += job.leftSeconds;
    // Between two of its own tasks a job waits for nobody.
    if (!job.isWaiting || (jobsAhead === 0 && job.status === 'running')) return [];
    return isTold(job.figures, queue) ? [] : [{ jobId: job.id, live: waitingFigures(job, queue) }];
  });
}

const ranks = { high: 0, normal: 1, low: 2 } as const satisfies Record<Priority, number>;

/** A second more or less is not worth telling five thousand watchers. */
function isTold(figures: Live | null, queue: NonNullable<Job['queue']>): boolean {
  const told = figures?.queue;
  return told?.jobsAhead === queue.jobsAhead && Math.abs(told.etaSeconds - queue.etaSeconds) < 2;
}

function waitingFigures(
  { figures, progress, stage, leftSeconds }: QueuedJob,
  queue: NonNullable<Job['queue']>,
): Live {
  const etaSeconds = Math.round(queue.etaSeconds + leftSeconds);
  return {
    ...figures,
    progress: Math.max(progress, figures?.progress ?? 0),
    stage: figures?.stage ?? stage,
    etaSeconds,
    etaRange: { lowSeconds: Math.round(etaSeconds * 0.7), highSeconds: Math.round(etaSeconds * 1.3) },
    rate: null,
    queue,
    preview: figures?.preview ?? null,
    activity: waitingWords(queue),
  };
}

function waitingWords({ jobsAhead }: NonNullable<Job['queue']>): string {
  if (jobsAhead === 0) return 'Next in the queue';
  return `Waiting for ${jobsAhead} ${jobsAhead === 1 ? 'export' : 'exports'} ahead`;
}
