import type { Json, TaskContext, TaskResult } from '../engine/contract.ts';
import type { Storage } from '../storage/contract.ts';

/**
 * Has a child process do the work of the task's stage and returns what it answered.
 *
 * @param options.environment What it leaves behind in that process, where others could notice it; see `PooledWork`.
 */
export type RunStageChild = (options: {
  readonly input: Json;
  readonly context: TaskContext;
  readonly environment?: string;
}) => Promise<Json>;

/** What every stage is given besides its task. */
export interface StageTools {
  readonly storage: Storage;
  readonly runChild: RunStageChild;
  /** Private addresses that may be fetched from all the same, e.g. of a media server in the same network. */
  readonly fetchableAddresses: readonly string[];
  readonly machines: Machines;
}

/** Whether all of a video is made on this machine, or others may take a part of its tasks. */
export type Machines = 'one' | 'many';

/** Does one task of a stage: finds the stored result or has a child make it. */
export type RunStage = (context: TaskContext, tools: StageTools) => Promise<TaskResult>;

/** Gives `work` a fresh folder and removes it afterwards, however the work ends. */
export async function withWorkFolder<T>(
  storage: Storage,
  context: TaskContext,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await storage.createWorkFolder(`${context.jobId}-${context.task.name}-${context.attempt}`);
  try {
    return await work(folder);
  } finally {
    await storage.removeWorkFolder(folder);
  }
}
