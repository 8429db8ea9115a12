import type { PgBoss } from 'pg-boss';
import type { DueTry, Queryable } from '../../store/index.ts';
import { bossTransaction } from '../boss-transaction.ts';

/** Webhooks wait here for their next try. */
export interface WebhookQueue {
  open(): Promise<void>;
  /** Sends in the caller's transaction; to be tried at once unless a time is given. */
  send(transaction: Queryable, due: DueTry, at?: Date): Promise<void>;
  clear(): Promise<void>;
  /** A handler that throws gets the try again. */
  work(handle: (due: DueTry, signal: AbortSignal) => Promise<void>): Promise<void>;
}

export const webhookQueueName = 'webhook';

/** Receivers that do not answer keep their place for ten seconds. */
const slots = 4;

interface QueueOptions {
  /** pg-boss, once it was started. */
  readonly boss: () => PgBoss;
  readonly settings: { readonly retryLimit: number; readonly heartbeatSeconds: number };
  readonly pollSeconds: number;
}

export function createWebhookQueue({ boss, settings, pollSeconds }: QueueOptions): WebhookQueue {
  return {
    async open() {
      await boss().createQueue(webhookQueueName, settings);
    },
    async send(transaction, { id, queueId }, at) {
      // Nobody is told of a message that has a time to wait for: it is found by asking.
      const message = { id: queueId, data: { id }, ...(at !== undefined && { startAfter: at }) };
      await boss().insert(webhookQueueName, [message], { db: bossTransaction(transaction) });
    },
    async clear() {
      await boss().deleteAllJobs(webhookQueueName);
    },
    async work(handle) {
      const rhythm = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds };
      for (let slot = 0; slot < slots; slot++) {
        await boss().work<Pick<DueTry, 'id'>>(webhookQueueName, rhythm, async (messages) => {
          for (const { id: queueId, data, signal } of messages)
            await handle({ id: data.id, queueId }, signal);
        });
      }
    },
  };
}
