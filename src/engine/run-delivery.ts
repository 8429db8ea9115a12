import { noteBlobUse, type TaskRow } from '../store/index.ts';
import { toRecord } from './advance-job.ts';
import { claimTask } from './claim-task.ts';
import type { WorkerContext } from './context.ts';
import type { TaskContext } from './contract.ts';
import type { Run } from './live-reports.ts';
import { keepPreview } from './previews.ts';
import { type Outcome, settleTask } from './settle-task.ts';
import type { Delivery } from './task-queue.ts';
import { appendWarning } from './warnings.ts';

/** Does the task that a message stands for, from claiming it to writing down how it ended. */
export async function runDelivery(context: WorkerContext, delivery: Delivery): Promise<void> {
  const task = await claimTask(context, delivery);
  if (task === undefined) return;
  const { jobId, taskName } = delivery;
  context.logger.info({ jobId, task: taskName, delivery: task.deliveries }, 'task begun');
  const run = context.reports.begin(delivery, task);
  const outcome = await attempt(context, { delivery, task, run }).finally(() => run.end());
  context.logger.info({ jobId, task: taskName, outcome: outcome.kind, ...reasonOf(outcome) }, 'task ended');
  await settleTask(context, { delivery, outcome, run });
}

interface Attempt {
  readonly delivery: Delivery;
  readonly task: TaskRow;
  readonly run: Run;
}

async function attempt(context: WorkerContext, { delivery, task, run }: Attempt): Promise<Outcome> {
  const signal = AbortSignal.any([delivery.signal, run.signal]);
  try {
    const result = await context.runTask(taskContext(context, { delivery, task, run }, signal));
    return { kind: 'done', result };
  } catch (error) {
    return signal.aborted ? { kind: 'stopped' } : { kind: 'failed', error };
  }
}

function taskContext(
  context: WorkerContext,
  { delivery, task, run }: Attempt,
  signal: AbortSignal,
): TaskContext {
  const { jobId } = delivery;
  return {
    jobId,
    task: toRecord(task),
    attempt: task.failures + 1,
    signal,
    progress: run.progress,
    reuse: run.reuse,
    preview: (jpeg) => keepPreview(context, run, { jobId, task: task.name, jpeg }),
    warn: (warning) => appendWarning(context, delivery, warning),
    async use(keys) {
      if (!(await noteBlobUse(context.database, jobId, keys))) throw new Error('the job has been deleted');
    },
  };
}

function reasonOf(outcome: Outcome): object {
  return outcome.kind === 'failed' ? { err: outcome.error } : {};
}
