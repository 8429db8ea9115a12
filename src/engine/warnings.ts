import { isDeepStrictEqual } from 'node:util';
import { isTerminal, type Warning } from '../protocol/index.ts';
import { appendEvents, lockJob, readTask } from '../store/index.ts';
import type { EngineContext } from './context.ts';
import type { Delivery } from './task-queue.ts';

/** Adds a warning to the job, once: a task that is tried again says the same again. */
export async function appendWarning(
  { database, now }: EngineContext,
  { jobId, taskName, claim }: Delivery,
  warning: Warning,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const job = await lockJob(transaction, jobId);
    const task = await readTask(transaction, jobId, taskName);
    if (job === undefined || isTerminal(job.state.status) || task?.claim !== claim) return;
    const isKnown = job.state.warnings.some((known) => isDeepStrictEqual(known, warning));
    if (isKnown) return;
    const events = [{ kind: 'warning', ...warning } as const];
    await appendEvents(transaction, { jobId, state: job.state, events, now: now() });
  });
}
