import type { TaskRow } from '../store/index.ts';
import type { EngineContext } from './context.ts';
import { createRunState, type RunState } from './run-state.ts';
import type { Delivery } from './task-queue.ts';
import { type Reports, writeReports } from './write-reports.ts';

/** A task that runs in this process, as far as watchers are concerned. */
export interface Run {
  /** Aborts when the task should not run any more. */
  readonly signal: AbortSignal;
  progress(fraction: number, activity: string, unitsDone?: number): void;
  /** So many of its units were found stored. */
  reuse(units: number): void;
  /** Offers a picture by its path: it is shown when the last one has stood long enough. */
  preview(path: string): void;
  readonly reusedUnits: number;
  workedSeconds(): number;
  /** No more reports. */
  end(): void;
}

export interface LiveReports {
  begin(delivery: Delivery, task: TaskRow): Run;
  /** Looks at once whether this job's tasks should still run. */
  check(jobId: string): void;
  /** Stops every task that runs here, or is about to. */
  stopAll(reason: Error): void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

const tickMilliseconds = 200;
const checkMilliseconds = 1_000;

/**
 * Tells watchers how the running tasks of this process are doing, at most five times a second a job, and asks at least once a
 * second whether they should still run: the job may have been cancelled, or a task given to somebody else.
 */
export function createLiveReports(context: EngineContext): LiveReports {
  const jobs = new Map<string, JobReports>();
  const stopping = new AbortController();
  return {
    begin(delivery, task) {
      const job = jobs.get(delivery.jobId) ?? startJob(context, delivery.jobId, jobs);
      return addRun(context, job, { delivery, task, stopping: stopping.signal });
    },
    check: (jobId) => jobs.get(jobId)?.check(),
    stopAll(reason) {
      stopping.abort(reason);
    },
    async settled() {
      await Promise.all([...jobs.values()].map((job) => job.writing));
    },
  };
}

interface JobReports extends Reports {
  isDirty: boolean;
  /** By the clock that nobody sets. */
  writtenAt: number;
  writing: Promise<void> | undefined;
  check(): void;
  end(run: RunState): void;
}

function startJob(context: EngineContext, jobId: string, jobs: Map<string, JobReports>): JobReports {
  const write = () => {
    if (job.writing !== undefined || job.runs.size === 0) return;
    job.isDirty = false;
    job.writtenAt = context.steadyNow();
    job.writing = writeReports(context, jobId, job)
      .catch((error: unknown) => {
        const tasks = [...job.runs.values()].map(({ delivery }) => delivery.taskName);
        context.logger.warn({ jobId, tasks, err: error }, 'live figures could not be written');
      })
      .finally(() => {
        job.writing = undefined;
      });
  };
  const timer = setInterval(() => {
    const now = context.steadyNow();
    const isGuessing = [...job.runs.values()].some(
      ({ saidAt }) => saidAt === undefined || now - saidAt > tickMilliseconds,
    );
    if (isGuessing || job.isDirty || now - job.writtenAt >= checkMilliseconds) write();
  }, tickMilliseconds);
  const job: JobReports = {
    runs: new Map(),
    isDirty: false,
    activity: null,
    preview: null,
    saidAt: undefined,
    writtenAt: context.steadyNow(),
    writing: undefined,
    check() {
      // What is being written now may have looked before the news: then the next tick looks again.
      job.isDirty = true;
      write();
    },
    end(run) {
      job.runs.delete(run.delivery.claim);
      if (job.runs.size > 0) return;
      clearInterval(timer);
      jobs.delete(jobId);
    },
  };
  jobs.set(jobId, job);
  return job;
}

interface Beginning {
  readonly delivery: Delivery;
  readonly task: TaskRow;
  readonly stopping: AbortSignal;
}

function addRun({ steadyNow }: EngineContext, job: JobReports, { delivery, task, stopping }: Beginning): Run {
  const run = createRunState(delivery, task, steadyNow());
  job.runs.set(delivery.claim, run);
  job.activity = task.label;
  return {
    signal: AbortSignal.any([run.controller.signal, stopping]),
    progress(fraction, activity, unitsDone) {
      run.say(fraction, unitsDone, steadyNow());
      job.saidAt = run.saidAt;
      job.activity = activity;
      job.isDirty = true;
    },
    reuse(units) {
      run.reuse(units);
      job.isDirty = true;
    },
    get reusedUnits() {
      return run.reusedUnits;
    },
    workedSeconds: () => run.workedSeconds(steadyNow()),
    preview(path) {
      job.preview = path;
      job.isDirty = true;
    },
    end: () => job.end(run),
  };
}
