import { fromPglite, PgBoss } from 'pg-boss';
import { type Priority, type StageName, stageNames } from '../protocol/index.ts';
import { type Database, longestSilenceMilliseconds, type Queryable } from '../store/index.ts';
import { bossTransaction } from './boss-transaction.ts';
import type { Logger } from './logger.ts';
import { createWebhookQueue, type WebhookQueue } from './webhooks/webhook-queue.ts';

/** A task, as the queue is told of it. */
export interface QueuedTask {
  readonly jobId: string;
  readonly name: string;
  readonly stage: StageName;
  readonly priority: Priority;
  /** Chosen by the sender: a UUID. */
  readonly messageId: string;
}

/** A message in a worker's hands. */
export interface Delivery {
  readonly jobId: string;
  readonly taskName: string;
  readonly messageId: string;
  /** Names this delivery of this message and no other. */
  readonly claim: string;
  /** Aborts when the lease is lost: another worker may have the message by now. */
  readonly signal: AbortSignal;
}

export interface TaskQueue {
  /** A queue of their own, on the same connection. */
  readonly webhooks: WebhookQueue;
  /** @param supervises whether this process also returns the messages of dead workers to the queue. */
  start(options: { readonly supervises: boolean }): Promise<void>;
  /** Stops fetching at once and waits for the handlers in progress, at most this long. */
  stop(graceMilliseconds: number): Promise<void>;
  /** Sends in the caller's transaction: the messages exist exactly if what it wrote does. */
  send(transaction: Queryable, tasks: readonly QueuedTask[], delaySeconds?: number): Promise<void>;
  /** Takes messages back that nobody has fetched yet, or has fetched and not finished. */
  discard(transaction: Queryable, tasks: readonly Pick<QueuedTask, 'stage' | 'messageId'>[]): Promise<void>;
  /** Forgets every message. */
  clear(): Promise<void>;
  /** Handles a stage's messages, `slots` at a time. A handler that throws gets the message again. */
  work(stage: StageName, slots: number, handle: (delivery: Delivery) => Promise<void>): Promise<void>;
}

/** Name of the database schema that pg-boss keeps its tables in. */
export const queueSchema = 'aura_queue';

/** pg-boss on the given database: one queue for each stage, and one for webhooks. */
export function createTaskQueue(database: Database, logger: Logger): TaskQueue {
  let boss: PgBoss | undefined;
  const { watch, pollSeconds } = rhythms[database.kind];
  const started = (): PgBoss => {
    if (boss === undefined) throw new Error('the task queue has not been started');
    return boss;
  };
  const webhooks = createWebhookQueue({ boss: started, settings: queueSettings, pollSeconds });
  return {
    webhooks,
    async start({ supervises }) {
      boss = new PgBoss({ ...connectionOf(database), ...settings, ...watch, supervise: supervises });
      boss.on('error', (error) => logger.error({ err: error }, 'the task queue reported an error'));
      boss.on('warning', (warning) => logger.warn({ warning }, 'the task queue reported a warning'));
      await boss.start();
      for (const stage of stageNames) await boss.createQueue(stage, queueSettings);
      await webhooks.open();
    },
    async stop(graceMilliseconds) {
      await boss?.stop({ graceful: true, timeout: graceMilliseconds });
      boss = undefined;
    },
    async send(transaction, tasks, delaySeconds = 0) {
      for (const [stage, group] of groupByStage(tasks)) {
        const messages = group.map(({ messageId, jobId, name, priority }) => ({
          id: messageId,
          priority: priorityNumbers[priority],
          data: { jobId, taskName: name },
          ...(delaySeconds > 0 && { startAfter: delaySeconds }),
        }));
        await started().insert(stage, messages, { db: bossTransaction(transaction) });
      }
    },
    async discard(transaction, tasks) {
      for (const [stage, group] of groupByStage(tasks)) {
        const ids = group.map((task) => task.messageId);
        await started().deleteJob(stage, ids, { db: bossTransaction(transaction) });
      }
    },
    async clear() {
      for (const stage of stageNames) await started().deleteAllJobs(stage);
      await webhooks.clear();
    },
    async work(stage, slots, handle) {
      for (let slot = 0; slot < slots; slot++) {
        await addWorker(started(), { stage, pollSeconds, handle });
      }
    },
  };
}

const settings = {
  schema: queueSchema,
  useListenNotify: true,
  schedule: false,
  // These look for harm that long-lived tables of millions of rows suffer; finished messages leave after an hour.
  monitorVacuum: false,
  reindex: false,
};

/**
 * How often the leases are looked at and the queues asked. Where workers can die, both have to be quick: a message that
 * returns from a dead worker is announced to nobody. Embedded, they die with the server, and looking costs its own time.
 */
const rhythms = {
  pglite: { watch: { monitorIntervalSeconds: 10, superviseIntervalSeconds: 10 }, pollSeconds: 2 },
  postgresql: { watch: { monitorIntervalSeconds: 1, superviseIntervalSeconds: 1 }, pollSeconds: 1 },
};

/** The greater, the earlier. */
const priorityNumbers = { low: -10, normal: 0, high: 10 } as const satisfies Record<Priority, number>;

/** A dead worker's message is free again 10 s after its last heartbeat, the least pg-boss allows. */
const queueSettings = {
  heartbeatSeconds: 10,
  notify: true,
  expireInSeconds: 12 * 3_600,
  deleteAfterSeconds: 3_600,
  // Only deaths of workers use these up: real failures are counted and ended by us, in the task's row.
  retryLimit: 1_000,
  // What cannot even be begun, as while the database restarts, must not spin.
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
};

/** A lost lease is noticed by the next heartbeat. */
const heartbeatRefreshSeconds = 1;

const serverPoolSize = 4;

function connectionOf(database: Database) {
  return database.kind === 'pglite'
    ? { db: fromPglite(database.pglite), backend: 'pglite' as const }
    : {
        connectionString: database.url,
        max: serverPoolSize,
        application_name: 'aura-queue',
        options: `-c idle_in_transaction_session_timeout=${longestSilenceMilliseconds}`,
      };
}

interface MessageData {
  readonly jobId: string;
  readonly taskName: string;
}

interface WorkerSlot {
  readonly stage: StageName;
  readonly pollSeconds: number;
  readonly handle: (delivery: Delivery) => Promise<void>;
}

async function addWorker(boss: PgBoss, { stage, pollSeconds, handle }: WorkerSlot): Promise<void> {
  const settings = {
    heartbeatRefreshSeconds,
    pollingIntervalSeconds: pollSeconds,
    notifyPollingIntervalSeconds: pollSeconds,
  };
  const workerId = await boss.work<MessageData>(stage, settings, async (messages) => {
    for (const { id, retryCount, data, signal } of messages) {
      try {
        await handle({ ...data, messageId: id, claim: `${id}/${retryCount}`, signal });
      } finally {
        // Look for the next one at once; otherwise a worker would wait out its polling interval after each short task.
        boss.notifyWorker(workerId);
      }
    }
  });
}

function groupByStage<Task extends { readonly stage: StageName }>(
  tasks: readonly Task[],
): Map<StageName, Task[]> {
  return Map.groupBy(tasks, (task) => task.stage);
}
