import { randomUUID } from 'node:crypto';
import type { Job } from '../protocol/index.ts';
import { type Queryable, type TaskRow, updateTask } from '../store/index.ts';
import type { EngineContext } from './context.ts';

export interface Sending {
  readonly state: Job;
  readonly tasks: readonly TaskRow[];
  /** Before anybody may take them. */
  readonly delaySeconds?: number;
}

/**
 * Puts tasks back to their beginning and hands them out by new messages, in their order; what still comes for the old ones
 * is a duplicate from now on. A job that is to be paused keeps them until it is resumed. The transaction holds the job.
 */
export async function sendTasks(
  { queue }: EngineContext,
  transaction: Queryable,
  { state, tasks, delaySeconds = 0 }: Sending,
): Promise<void> {
  // In ascending order, because messages sent together are fetched in the order of their ids.
  const messageIds = tasks.map(() => randomUUID()).sort();
  const sent = tasks.map(({ name, stage }, index) => ({
    ...{ jobId: state.id, name, stage, priority: state.priority },
    messageId: messageIds[index] ?? randomUUID(),
  }));
  for (const { jobId, name, messageId } of sent) {
    const change = { state: 'ready', claim: null, fraction: 0, messageId } as const;
    await updateTask(transaction, { jobId, name }, change);
  }
  if (sent.length > 0 && !state.isPausing) await queue.send(transaction, sent, delaySeconds);
}
