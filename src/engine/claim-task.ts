import { AuraError, isTerminal, type Job, type NewJobEvent, toFailure } from '../protocol/index.ts';
import {
  appendEvents,
  type LockedJob,
  lockJob,
  type Queryable,
  readTask,
  type TaskRow,
  updateTask,
} from '../store/index.ts';
import type { EngineContext } from './context.ts';
import { endCancellation, failJob } from './end-job.ts';
import { measureJob } from './measure-job.ts';
import { endPausing } from './pause-job.ts';
import type { Delivery } from './task-queue.ts';

/** A task whose workers die this often kills them: it is not tried again. */
const mostDeliveries = 10;

/**
 * Takes a task for this delivery: from now on only this claim may report about it. Undefined when there is nothing to do: the
 * message is a duplicate, of an earlier attempt, or the job has ended.
 */
export async function claimTask(context: EngineContext, delivery: Delivery): Promise<TaskRow | undefined> {
  const { jobId, taskName: name, claim } = delivery;
  return context.database.transaction(async (transaction) => {
    const job = await lockJob(transaction, jobId);
    const task = await readTask(transaction, jobId, name);
    if (job === undefined || task === undefined || !isWanted(job, task, delivery)) return undefined;
    if (job.state.status === 'cancelling') {
      // Its worker died before it could say that it had stopped.
      await updateTask(transaction, { jobId, name }, { state: 'cancelled', claim: null });
      await endCancellation(context, transaction, job.state);
      return undefined;
    }
    if (job.state.isPausing || job.state.status === 'paused') {
      // Its worker died, or took it while the pause began: it waits with the others.
      await updateTask(transaction, { jobId, name }, { state: 'ready', claim: null, fraction: 0 });
      await endPausing(context, transaction, job.state);
      return undefined;
    }
    if (task.deliveries >= mostDeliveries) {
      await failJob(context, transaction, { state: job.state, error: diedTooOften(task) });
      return undefined;
    }
    const deliveries = task.deliveries + 1;
    const nothingDone = { fraction: 0, unitsDone: 0, unitsCached: 0 };
    await updateTask(transaction, { jobId, name }, { state: 'running', claim, deliveries, ...nothingDone });
    if (isNews(job.state, task)) await appendStart(context, transaction, job.state);
    return { ...task, state: 'running', claim, deliveries, fraction: 0 };
  });
}

function isWanted({ state }: LockedJob, task: TaskRow, { messageId, claim }: Delivery): boolean {
  const isOpen = task.state === 'ready' || task.state === 'running';
  return isOpen && !isTerminal(state.status) && task.messageId === messageId && task.claim !== claim;
}

function diedTooOften({ name, stage, label }: TaskRow) {
  const detail = `"${label}" was begun ${mostDeliveries} times and its worker died each time.`;
  return toFailure(new AuraError('internal', detail, { place: { stage, task: name } }));
}

/** The first task starts the job, and a stage's first task the stage; all others begin without a word in the log. */
function isNews({ status, stages }: Job, { stage }: TaskRow): boolean {
  return status === 'queued' || stages.find(({ name }) => name === stage)?.status !== 'running';
}

async function appendStart(context: EngineContext, transaction: Queryable, state: Job): Promise<void> {
  const now = context.now();
  const measured = await measureJob(transaction, state.id);
  const events: NewJobEvent[] = [{ kind: 'stage', ...measured }];
  if (state.status === 'queued') events.unshift({ kind: 'started' });
  await appendEvents(transaction, { jobId: state.id, state, events, now });
}
