import { type Job, type StageName, stageNames } from '../protocol/index.ts';
import type { Database } from '../store/index.ts';
import type { JobFiles, WorkerContext } from './context.ts';
import type { RunTask, Workflow } from './contract.ts';
import { controlChannel } from './control-channel.ts';
import { deleteJob, removeUnusedFiles } from './delete-job.ts';
import { type CreatedJob, cancelJob, createJob, type JobRequest, retryJob } from './job-commands.ts';
import { createLiveReports } from './live-reports.ts';
import type { Logger } from './logger.ts';
import { createOrderDesk } from './order-desk.ts';
import { pauseJob, resumeJob } from './pause-job.ts';
import { startQueuePlaces } from './queue-places.ts';
import { recoverAll, sweepLostTasks } from './recover.ts';
import { runDelivery } from './run-delivery.ts';
import { createTaskQueue } from './task-queue.ts';
import type { WebhookSender } from './webhooks/run-webhook.ts';
import { sendLostWebhooks, workWebhooks } from './webhooks/work-webhooks.ts';

export interface EngineOptions {
  readonly database: Database;
  readonly workflow: Workflow;
  readonly runTask: RunTask;
  /** How many tasks of a stage run side by side in this process; 1 where nothing is said. */
  readonly concurrency: Readonly<Partial<Record<StageName, number>>>;
  readonly logger: Logger;
  /** Keeps a picture of what is being drawn; returns the path under which clients get it. */
  readonly storageOfPreview: (jobId: string, jpeg: Uint8Array) => Promise<string>;
  /** Removes what deleted jobs leave behind. */
  readonly files: JobFiles;
  /** Most jobs that may wait for their turn; no limit when absent. */
  readonly maxQueued?: number;
  /** Posts the webhooks; a worker without it leaves them to others. */
  readonly webhooks?: WebhookSender;
  /** `api` only takes orders, `worker` only carries them out. */
  readonly role: 'api' | 'worker' | 'both';
  /** The clock on this machine's wall; the system's when absent. */
  readonly now?: () => Date;
}

export interface Engine {
  start(): Promise<void>;
  /** Stops what runs here and puts it back, to be taken up by another worker or the next start. */
  stop(options?: { readonly graceMilliseconds?: number }): Promise<void>;
  /** @throws {AuraError} job_exists, idempotency_mismatch, queue_full. */
  createJob(request: JobRequest): Promise<CreatedJob>;
  /** @throws {AuraError} job_not_found, job_finished. */
  cancel(jobId: string): Promise<Job>;
  /** @throws {AuraError} job_not_found, job_not_finished, job_finished, queue_full. */
  retry(jobId: string): Promise<Job>;
  /** @throws {AuraError} job_not_found, job_finished, job_cancelled. */
  pause(jobId: string): Promise<Job>;
  /** @throws {AuraError} job_not_found, job_finished, job_cancelled. */
  resume(jobId: string): Promise<Job>;
  /** @throws {AuraError} job_not_found, job_not_finished. */
  delete(jobId: string): Promise<void>;
}

const sweepMilliseconds = 5_000;
const defaultGraceMilliseconds = 4_000;

/**
 * The jobs of one database: takes orders for them and, as a worker, carries them out. Orders given before the start wait for
 * it; after the stop they are refused as shutting_down.
 */
export function createEngine(options: EngineOptions): Engine {
  const context = createContext(options);
  const { database, queue, reports, logger } = context;
  const works = options.role !== 'api';
  const ending: (() => Promise<void>)[] = [];
  const orders = createOrderDesk();

  return {
    async start() {
      await orders.openAfter(async () => {
        await queue.start({ supervises: works });
        if (works && database.kind === 'pglite') await recoverAll(context);
      });
      if (!works) return;
      ending.push(await listenForOrders(context), startSweeps(context), startQueuePlaces(context));
      for (const stage of stageNames) {
        await queue.work(stage, options.concurrency[stage] ?? 1, (delivery) =>
          runDelivery(context, delivery),
        );
      }
      if (options.webhooks !== undefined) ending.push(await workWebhooks(context, options.webhooks));
      logger.info({ concurrency: options.concurrency, database: database.kind }, 'ready for work');
    },
    async stop({ graceMilliseconds = defaultGraceMilliseconds } = {}) {
      orders.close();
      const stopped = queue.stop(graceMilliseconds);
      reports.stopAll(new Error('the server is shutting down'));
      for (const end of ending.splice(0)) await end();
      await stopped;
      await reports.settled();
    },
    createJob: (request) => orders.take(() => createJob(context, request)),
    cancel: (jobId) => orders.take(() => cancelJob(context, jobId)),
    retry: (jobId) => orders.take(() => retryJob(context, jobId)),
    pause: (jobId) => orders.take(() => pauseJob(context, jobId)),
    resume: (jobId) => orders.take(() => resumeJob(context, jobId)),
    delete: (jobId) => orders.take(() => deleteJob(context, jobId)),
  };
}

function createContext(options: EngineOptions): WorkerContext {
  const { database, workflow, runTask, logger, storageOfPreview, concurrency, files } = options;
  const shared = {
    database,
    workflow,
    logger,
    files,
    maxQueued: options.maxQueued ?? Number.POSITIVE_INFINITY,
    queue: createTaskQueue(database, logger),
    now: options.now ?? (() => new Date()),
    steadyNow: () => performance.now(),
    places: concurrency,
  };
  return { ...shared, runTask, storageOfPreview, reports: createLiveReports(shared) };
}

function listenForOrders({ database, reports }: WorkerContext): Promise<() => Promise<void>> {
  return database.listen(controlChannel, {
    onPayload: (jobId) => reports.check(jobId),
    // What was missed is found by the check that runs every second anyway.
    onReconnect: () => {},
  });
}

function startSweeps(context: WorkerContext): () => Promise<void> {
  let sweeping: Promise<void> | undefined;
  const timer = setInterval(() => {
    sweeping ??= sweep(context)
      .catch((error: unknown) => context.logger.warn({ err: error }, 'the sweep failed'))
      .finally(() => {
        sweeping = undefined;
      });
  }, sweepMilliseconds);
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}

/** Mends what a process that was killed left undone. */
async function sweep(context: WorkerContext): Promise<void> {
  await sweepLostTasks(context);
  await sendLostWebhooks(context);
  await removeUnusedFiles(context);
}
