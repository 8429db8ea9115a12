import type { Stage, StageName } from '../protocol/index.ts';
import { type Queryable, readPace, type StageTally, tallyStages, writePace } from '../store/index.ts';
import { advancePace, estimateEta, type Pace, startPace } from './progress.ts';
import { currentStage, describeStages, type Unplanned } from './stages.ts';

/** How far a job is: the figures of a `stage` event and of a live tick. */
export interface Measured {
  readonly stages: Stage[];
  readonly stage: StageName | null;
  readonly progress: number;
  readonly etaSeconds: number | null;
}

interface StoredPace {
  readonly pace: Pace;
  readonly unplanned: Unplanned;
}

/** Begins a job's bar, or begins it again for a new attempt. */
export async function beginPace(transaction: Queryable, jobId: string, parallelism: number): Promise<void> {
  await store(transaction, jobId, { pace: startPace(parallelism), unplanned: {} });
}

/** Notes how much work the tasks known so far do not cover. */
export async function setUnplanned(
  transaction: Queryable,
  jobId: string,
  unplanned: Unplanned,
): Promise<void> {
  const { pace } = await read(transaction, jobId);
  await store(transaction, jobId, { pace, unplanned });
}

/** Adds up a job's tasks and moves its bar there; the transaction holds the job. */
export async function measureJob(transaction: Queryable, jobId: string, now: Date): Promise<Measured> {
  const tallies = await tallyStages(transaction, jobId);
  const { pace, unplanned } = await read(transaction, jobId);
  const totalSeconds = sum(tallies, 'workSeconds') + Object.values(unplanned).reduce((a, b) => a + b, 0);
  const doneSeconds = sum(tallies, 'doneSeconds');
  const moved = advancePace(pace, { doneSeconds, totalSeconds, now: now.getTime() });
  await store(transaction, jobId, { pace: moved, unplanned });
  const stages = describeStages(tallies, unplanned);
  return {
    stages,
    stage: currentStage(stages),
    progress: moved.progress,
    etaSeconds: estimateEta(moved, totalSeconds),
  };
}

async function read(transaction: Queryable, jobId: string): Promise<StoredPace> {
  const stored = await readPace<StoredPace>(transaction, jobId);
  if (stored === undefined) throw new Error(`job ${jobId} has no pace`);
  return stored;
}

async function store(transaction: Queryable, jobId: string, { pace, unplanned }: StoredPace): Promise<void> {
  await writePace(transaction, jobId, { pace: { ...pace }, unplanned: { ...unplanned } });
}

function sum(tallies: readonly StageTally[], key: 'workSeconds' | 'doneSeconds'): number {
  return tallies.reduce((total, tally) => total + tally[key], 0);
}
