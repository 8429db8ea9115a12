import type { Artifact, Failure, Json, Stage, StageName, Warning } from '../protocol/index.ts';

/** A piece of work the workflow wants done. */
export interface TaskSpec {
  /** Unique within the job, e.g. `render-0012`: asking for it again changes nothing. */
  readonly name: string;
  readonly stage: StageName;
  /** For people: "Drawing scene 3, part 2". */
  readonly label: string;
  /** Estimated seconds of work; 0 when its result is already stored. */
  readonly workSeconds: number;
  /** What it consists of as people count it; which units these are, the stage says. */
  readonly units?: TaskUnits | undefined;
  readonly input: Json;
}

export interface TaskUnits {
  readonly count: number;
  /** How much video these frames are. */
  readonly videoSeconds?: number;
}

export interface TaskRecord extends TaskSpec {
  readonly state: 'ready' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Share of its work that is done, 0 to 1. */
  readonly fraction: number;
  readonly cached: boolean;
  /** What its run returned, once done. */
  readonly output: Json;
}

/** What a workflow decides. */
export type Advance =
  | {
      readonly kind: 'continue';
      readonly tasks: readonly TaskSpec[];
      /**
       * Estimated seconds of work that no task stands for yet (before the plan is known), by stage. The bar is
       * done work over all work, this included.
       */
      readonly unplanned: Readonly<Partial<Record<StageName, number>>>;
    }
  | { readonly kind: 'complete'; readonly artifacts: readonly Artifact[] };

/**
 * The shape of a job, as a pure function: from its input and its tasks to the tasks that should exist now. Asked at the
 * beginning and whenever the last unfinished task of a stage is done.
 */
export interface Workflow {
  advance(job: { readonly id: string; readonly input: Json }, tasks: readonly TaskRecord[]): Advance;
}

export interface TaskContext {
  readonly jobId: string;
  readonly task: TaskRecord;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborts on cancel, on shutdown and when the task's lease is lost. */
  readonly signal: AbortSignal;
  /**
   * Called as often as the task likes; the engine coalesces. `activity` is for people; `unitsDone` counts what was
   * done now, and follows from the fraction when absent.
   */
  progress(fraction: number, activity: string, unitsDone?: number): void;
  /** So many of the task's units were found stored: the rest is all of its work. */
  reuse(units: number): void;
  /** Offers a small JPEG of what is being drawn. */
  preview(jpeg: Uint8Array): Promise<void>;
  warn(warning: Warning): Promise<void>;
  /**
   * Says which stored results (by key) the task is about to look for or write: from then on they belong to the job, and
   * another job's deletion leaves them alone.
   */
  use(keys: readonly string[]): Promise<void>;
}

export interface TaskResult {
  readonly output: Json;
  /** The stored result of an earlier run was used. */
  readonly cached: boolean;
}

/** Does one task. A thrown AuraError whose table row says `retryable` is tried again, at most twice; others fail the job. */
export type RunTask = (context: TaskContext) => Promise<TaskResult>;

export type { Artifact, Failure, Json, Stage };
