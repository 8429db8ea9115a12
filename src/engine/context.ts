import type { StageName } from '../protocol/index.ts';
import type { Database } from '../store/index.ts';
import type { RunTask, Workflow } from './contract.ts';
import type { LiveReports } from './live-reports.ts';
import type { Logger } from './logger.ts';
import type { TaskQueue } from './task-queue.ts';

/** Removes what a job leaves behind outside the database; what is not there is no error. */
export interface JobFiles {
  /** A stored result, by its key. */
  removeBlob(key: string): Promise<void>;
  /** The newest picture of what was being drawn. */
  removePreview(jobId: string): Promise<void>;
}

/** What the engine's operations share. */
export interface EngineContext {
  readonly database: Database;
  readonly queue: TaskQueue;
  readonly workflow: Workflow;
  readonly logger: Logger;
  /** What events are dated with. */
  readonly now: () => Date;
  /** Milliseconds by a clock that nobody sets: only what lies between two readings means anything. */
  readonly steadyNow: () => number;
  readonly files: JobFiles;
  /** Most jobs that may wait for their turn. */
  readonly maxQueued: number;
  /** How many tasks of a stage run side by side in a worker: 1 where nothing is said. */
  readonly places: Readonly<Partial<Record<StageName, number>>>;
}

/** What running tasks takes besides. */
export interface WorkerContext extends EngineContext {
  readonly runTask: RunTask;
  readonly reports: LiveReports;
  /** Keeps a picture of what is being drawn; returns the path under which clients get it. */
  readonly storageOfPreview: (jobId: string, jpeg: Uint8Array) => Promise<string>;
}
