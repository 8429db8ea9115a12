import { isTerminal } from '../protocol/index.ts';
import { listJobIds, lockJob, readTasks, type TaskRow } from '../store/index.ts';
import type { EngineContext } from './context.ts';
import { dropReadyTasks, endCancellation } from './end-job.ts';
import { endPausing } from './pause-job.ts';
import { sendTasks } from './send-tasks.ts';
import { queueSchema } from './task-queue.ts';
import { sendLostWebhooks } from './webhooks/work-webhooks.ts';

/**
 * Takes up what a killed process left behind. Only for a database that no other process has open: nobody can be running
 * anything, so there is no lease to wait for.
 */
export async function recoverAll(context: EngineContext): Promise<void> {
  await context.queue.clear();
  await sendLostWebhooks(context);
  for (const jobId of await listJobIds(context.database, ['queued', 'running', 'cancelling'])) {
    const count = await sendAgain(context, jobId, () => true);
    context.logger.info({ jobId, tasks: count }, 'an unfinished job was taken up again');
  }
}

/** Sends tasks again whose message has vanished, as a safety net: nothing is known to make one vanish. */
export async function sweepLostTasks(context: EngineContext): Promise<void> {
  const lost = await context.database.query<{ jobId: string; messageId: string }>(
    `SELECT task.job_id AS "jobId", task.message_id AS "messageId"
     FROM aura.task JOIN aura.job ON job.id = task.job_id
     WHERE job.status IN ('queued', 'running', 'cancelling') AND task.state IN ('ready', 'running')
       AND NOT coalesce((job.state ->> 'isPausing')::boolean, false)
       AND NOT EXISTS (
         SELECT 1 FROM ${queueSchema}.job AS message
         WHERE message.name = task.stage AND message.id = task.message_id AND message.state < 'completed'
       )`,
  );
  for (const [jobId, tasks] of Map.groupBy(lost, (row) => row.jobId)) {
    const messageIds = new Set(tasks.map((row) => row.messageId));
    const count = await sendAgain(context, jobId, (task) => messageIds.has(task.messageId));
    if (count > 0) context.logger.warn({ jobId, tasks: count }, 'tasks without a message were sent again');
  }
}

/** @returns how many tasks were sent. */
async function sendAgain(
  context: EngineContext,
  jobId: string,
  isLost: (task: TaskRow) => boolean,
): Promise<number> {
  return context.database.transaction(async (transaction) => {
    const job = await lockJob(transaction, jobId);
    if (job === undefined || isTerminal(job.state.status)) return 0;
    const open = (await readTasks(transaction, jobId)).filter(
      (task) => (task.state === 'ready' || task.state === 'running') && isLost(task),
    );
    await sendTasks(context, transaction, { state: job.state, tasks: open });
    if (job.state.status === 'cancelling') {
      await dropReadyTasks(context, transaction, jobId);
      await endCancellation(context, transaction, job.state);
    }
    await endPausing(context, transaction, job.state);
    return open.length;
  });
}
