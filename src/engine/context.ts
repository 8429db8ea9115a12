import type { Database } from '../store/index.ts';
import type { RunTask, Workflow } from './contract.ts';
import type { LiveReports } from './live-reports.ts';
import type { Logger } from './logger.ts';
import type { TaskQueue } from './task-queue.ts';

/** What the engine's operations share. */
export interface EngineContext {
  readonly database: Database;
  readonly queue: TaskQueue;
  readonly workflow: Workflow;
  readonly logger: Logger;
  readonly now: () => Date;
  /** How many tasks are expected to run side by side: the first guess of a job's speed. */
  readonly parallelism: number;
}

/** What running tasks takes besides. */
export interface WorkerContext extends EngineContext {
  readonly runTask: RunTask;
  readonly reports: LiveReports;
  /** Keeps a picture of what is being drawn; returns the path under which clients get it. */
  readonly storageOfPreview: (jobId: string, jpeg: Uint8Array) => Promise<string>;
}
