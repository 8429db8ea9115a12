import { readPendingTries } from '../../store/index.ts';
import type { EngineContext } from '../context.ts';
import { queueSchema } from '../task-queue.ts';
import { runWebhook, type WebhookSender } from './run-webhook.ts';
import { webhookQueueName } from './webhook-queue.ts';

/** Posts webhooks from now on. Returns what stops it: tries under way are put back. */
export async function workWebhooks(
  context: EngineContext,
  sender: WebhookSender,
): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  await context.queue.webhooks.work((due, signal) =>
    runWebhook(context, sender, { due, signal: AbortSignal.any([signal, stopping.signal]) }),
  );
  return async () => stopping.abort(new Error('the server is shutting down'));
}

/** Sends tries that no message of the queue stands for: after an embedded restart all, otherwise none is known to be lost. */
export async function sendLostWebhooks({ database, queue }: EngineContext): Promise<void> {
  const pending = await readPendingTries(database);
  if (pending.length === 0) return;
  const queued = await database.query<{ id: string }>(
    `SELECT id FROM ${queueSchema}.job WHERE name = $1 AND id = ANY($2::uuid[]) AND state < 'completed'`,
    [webhookQueueName, pending.map(({ queueId }) => queueId)],
  );
  const waiting = new Set(queued.map(({ id }) => id));
  for (const due of pending.filter(({ queueId }) => !waiting.has(queueId))) {
    await queue.webhooks.send(database, due, due.nextTryAt);
  }
}
