import type { Live, Stage } from '../protocol/index.ts';
import { type LockedJob, lockJob, type Queryable, reportFractions, setLive } from '../store/index.ts';
import type { EngineContext } from './context.ts';
import { measureLive } from './measure-job.ts';
import type { RunState } from './run-state.ts';
import { activityOf } from './stages.ts';

/** What the tasks of a job that run in this process have said. */
export interface Reports {
  /** By claim. */
  readonly runs: Map<string, RunState>;
  activity: string | null;
  /** Path of a picture that nobody was shown yet. */
  preview: string | null;
  /** When one of them last said that it had got further, by the clock that nobody sets. */
  saidAt: number | undefined;
}

/** Writes how far the tasks are and what watchers are to see, and stops the tasks that should not run any more. */
export async function writeReports(context: EngineContext, jobId: string, job: Reports): Promise<void> {
  const runs = [...job.runs.values()];
  const now = context.steadyNow();
  const { state, held, shown } = await context.database.transaction(async (transaction) => {
    const locked = await lockJob(transaction, jobId);
    if (locked?.state.status !== 'running') return { state: locked?.state, held: new Set<string>() };
    const stillHeld = await reportFractions(
      transaction,
      jobId,
      runs.map((run) => toReport(run, now)),
    );
    const preview = await writeFigures(transaction, locked, job, now);
    return { state: locked.state, held: stillHeld, shown: preview };
  });
  if (shown === job.preview) job.preview = null;
  for (const run of runs.filter(({ delivery }) => !held.has(delivery.claim))) {
    run.controller.abort(
      new Error(`the job is ${state?.status ?? 'gone'}, or the task was given to another worker`),
    );
  }
}

function toReport(run: RunState, now: number) {
  const { taskName, claim } = run.delivery;
  const units = { unitsDone: run.unitsDone(), unitsCached: run.reusedUnits };
  return { name: taskName, claim, fraction: run.fractionAt(now), ...units };
}

/** Returns the path of the picture that is shown now. */
async function writeFigures(
  transaction: Queryable,
  { state }: LockedJob,
  { activity, preview, saidAt }: Reports,
  now: number,
): Promise<string | null> {
  const quietMilliseconds = saidAt === undefined ? undefined : now - saidAt;
  const { stages, ...figures } = await measureLive(transaction, state.id, { quietMilliseconds, preview });
  await setLive(transaction, state.id, {
    ...figures,
    units: unitsOf(stages),
    activity: activityOf(stages, figures.stage, activity),
  });
  return figures.preview;
}

/** Only of the stages that move: the others are as the log has them. */
function unitsOf(stages: readonly Stage[]): NonNullable<Live['units']> {
  const running = stages.filter(({ status }) => status === 'running');
  return Object.fromEntries(running.flatMap(({ name, units }) => (units ? [[name, units.done]] : [])));
}
