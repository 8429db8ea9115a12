import type { Live, Stage } from '../protocol/index.ts';
import {
  type LockedJob,
  lockJob,
  type Queryable,
  reportFractions,
  setLive,
  type TaskRow,
} from '../store/index.ts';
import type { EngineContext } from './context.ts';
import { measureJob } from './measure-job.ts';
import { createRunState, type RunState } from './run-state.ts';
import { activityOf } from './stages.ts';
import type { Delivery } from './task-queue.ts';

/** A task that runs in this process, as far as watchers are concerned. */
export interface Run {
  /** Aborts when the task should not run any more. */
  readonly signal: AbortSignal;
  progress(fraction: number, activity: string, unitsDone?: number): void;
  /** So many of its units were found stored. */
  reuse(units: number): void;
  /** Whether enough time has passed for another picture. */
  wantsPreview(): boolean;
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
const previewMilliseconds = 2_000;

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
      return addRun(job, createRunState(delivery, task, Date.now()), task.label, stopping.signal);
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

interface JobReports {
  /** By claim. */
  readonly runs: Map<string, RunState>;
  isDirty: boolean;
  activity: string | null;
  preview: string | null;
  previewAt: number;
  /** When one of them last said that it had got further. */
  saidAt: Date | undefined;
  writtenAt: number;
  writing: Promise<void> | undefined;
  check(): void;
  end(run: RunState): void;
}

function startJob(context: EngineContext, jobId: string, jobs: Map<string, JobReports>): JobReports {
  const write = () => {
    if (job.writing !== undefined || job.runs.size === 0) return;
    job.isDirty = false;
    job.writtenAt = Date.now();
    job.writing = writeReports(context, jobId, job)
      .catch((error: unknown) =>
        context.logger.warn({ jobId, err: error }, 'live figures could not be written'),
      )
      .finally(() => {
        job.writing = undefined;
      });
  };
  const timer = setInterval(() => {
    const quietSince = Date.now() - tickMilliseconds;
    const isGuessing = [...job.runs.values()].some(({ saidAt }) => (saidAt?.getTime() ?? 0) < quietSince);
    if (isGuessing || job.isDirty || Date.now() - job.writtenAt >= checkMilliseconds) write();
  }, tickMilliseconds);
  const job: JobReports = {
    runs: new Map(),
    isDirty: false,
    activity: null,
    preview: null,
    previewAt: 0,
    saidAt: undefined,
    writtenAt: Date.now(),
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

function addRun(job: JobReports, run: RunState, label: string, stopping: AbortSignal): Run {
  job.runs.set(run.delivery.claim, run);
  job.activity = label;
  return {
    signal: AbortSignal.any([run.controller.signal, stopping]),
    progress(fraction, activity, unitsDone) {
      run.say(fraction, unitsDone);
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
    workedSeconds: () => run.workedSeconds(Date.now()),
    wantsPreview() {
      if (Date.now() - job.previewAt < previewMilliseconds) return false;
      job.previewAt = Date.now();
      return true;
    },
    preview(path) {
      job.preview = path;
      job.isDirty = true;
    },
    end: () => job.end(run),
  };
}

async function writeReports({ database, now }: EngineContext, jobId: string, job: JobReports): Promise<void> {
  const runs = [...job.runs.values()];
  const { state, held } = await database.transaction(async (transaction) => {
    const locked = await lockJob(transaction, jobId);
    if (locked?.state.status !== 'running') return { state: locked?.state, held: new Set<string>() };
    const stillHeld = await reportFractions(transaction, jobId, runs.map(toReport));
    await writeFigures(transaction, locked, job, now());
    return { state: locked.state, held: stillHeld };
  });
  for (const run of runs.filter(({ delivery }) => !held.has(delivery.claim))) {
    run.controller.abort(
      new Error(`the job is ${state?.status ?? 'gone'}, or the task was given to another worker`),
    );
  }
}

function toReport(run: RunState) {
  const { taskName, claim } = run.delivery;
  const units = { unitsDone: run.unitsDone(), unitsCached: run.reusedUnits };
  return { name: taskName, claim, fraction: run.fractionAt(Date.now()), ...units };
}

async function writeFigures(
  transaction: Queryable,
  { state }: LockedJob,
  { activity, preview, saidAt }: JobReports,
  now: Date,
): Promise<void> {
  const { stages, ...figures } = await measureJob(transaction, state.id, now, saidAt);
  await setLive(transaction, state.id, {
    ...figures,
    units: unitsOf(stages),
    activity: activityOf(stages, figures.stage, activity),
    preview,
  });
}

/** Only of the stages that move: the others are as the log has them. */
function unitsOf(stages: readonly Stage[]): NonNullable<Live['units']> {
  const running = stages.filter(({ status }) => status === 'running');
  return Object.fromEntries(running.flatMap(({ name, units }) => (units ? [[name, units.done]] : [])));
}
