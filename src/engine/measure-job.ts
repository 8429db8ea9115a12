import type { Job, Live, Stage, StageName } from '../protocol/index.ts';
import { type Queryable, readPace, type StageTally, tallyStages, writePace } from '../store/index.ts';
import { advanceRate, type DrawingRate, describeRate, noRate } from './drawing-rate.ts';
import { certainty, measurePhases, type WorkPlan, workOf } from './measure-phases.ts';
import type { Parallelism } from './phases.ts';
import { advancePace, estimateEta, type Pace, startPace } from './progress.ts';
import { newestPreview, type ShownPreview } from './shown-preview.ts';
import { currentStage, describeStages, type Unplanned } from './stages.ts';

/** How far a job is: the figures of a `stage` event and of a live tick. */
export interface Measured {
  readonly stages: Stage[];
  readonly stage: StageName | null;
  readonly progress: number;
  readonly work: { readonly doneSeconds: number; readonly totalSeconds: number };
  readonly etaSeconds: number | null;
  readonly etaRange: Job['etaRange'];
  readonly rate: Job['rate'];
  readonly lastProgressAt: string;
}

/** What a process knows of a job's tasks that the database does not. */
export interface News {
  /** For how long no task has said that it had got further, in milliseconds; absent when none of this process ever did. */
  readonly quietMilliseconds?: number | undefined;
  /** Path of a picture that was drawn. */
  readonly preview?: string | null;
}

interface StoredPace extends WorkPlan {
  readonly pace: Pace;
  readonly rate: DrawingRate;
  /** When a task last said that it had got further, or ended; milliseconds since 1970. */
  readonly lastProgressAt: number | null;
  /** By the clock, when it was measured last; what others in the queue wait for. */
  readonly leftSeconds: number;
  /** Absent before the first picture. */
  readonly preview?: ShownPreview | undefined;
}

/** Begins a job's bar, or begins it again for a new attempt. */
export async function beginPace(transaction: Queryable, jobId: string): Promise<void> {
  await writePace(transaction, jobId, beginning());
}

function beginning(): StoredPace {
  const parallelism = { gather: 1, plan: 1, make: 1, finish: 1 };
  const plan = { unplanned: {}, parallelism, isLearned: false };
  return { pace: startPace(), rate: noRate, lastProgressAt: null, leftSeconds: 0, ...plan };
}

/** Notes what work is expected, once for each step of the job. */
export async function setWorkPlan(
  transaction: Queryable,
  jobId: string,
  change: {
    readonly unplanned: Unplanned;
    readonly parallelism: Partial<Parallelism>;
    readonly isLearned: boolean;
  },
): Promise<void> {
  const { stored } = await read(transaction, jobId);
  const parallelism = { ...stored.parallelism, ...change.parallelism };
  const planned = { ...stored, ...change, parallelism };
  const phases = measurePhases(await tallyStages(transaction, jobId), planned);
  const leftSeconds = estimateEta(stored.pace, { phases, ...certainty(planned, phases) })?.seconds ?? 0;
  await writePace(transaction, jobId, { ...planned, leftSeconds } satisfies StoredPace);
}

/** Adds up a job's tasks and moves its bar there; the transaction holds the job. */
export async function measureJob(transaction: Queryable, jobId: string, news: News = {}): Promise<Measured> {
  const { preview: _, ...measured } = await measureLive(transaction, jobId, news);
  return measured;
}

/**
 * As `measureJob`, with the picture to show. The time is the database's: whichever worker measured last, the next one goes
 * on from there, however their own clocks differ.
 */
export async function measureLive(
  transaction: Queryable,
  jobId: string,
  news: News,
): Promise<Measured & Pick<Live, 'preview'>> {
  const tallies = await tallyStages(transaction, jobId);
  const { stored, now } = await read(transaction, jobId);
  const phases = measurePhases(tallies, stored);
  const pace = advancePace(stored.pace, { phases, now });
  const rate = moveRate(stored, tallies, now);
  const eta = estimateEta(pace, { phases, ...certainty(stored, phases) });
  const moved = {
    ...{ pace, rate: rate.next, leftSeconds: eta?.seconds ?? stored.leftSeconds },
    lastProgressAt: lastProgressAt(stored, news, now),
    preview: newestPreview(stored.preview, news.preview ?? null, now),
  };
  await writePace(transaction, jobId, { ...stored, ...moved } satisfies StoredPace);
  const stages = describeStages(tallies, stored.unplanned);
  return {
    ...{ stages, stage: currentStage(stages), progress: pace.progress, work: workOf(phases) },
    etaSeconds: eta?.seconds ?? null,
    etaRange: eta && { lowSeconds: eta.lowSeconds, highSeconds: eta.highSeconds },
    rate: rate.shown,
    lastProgressAt: new Date(moved.lastProgressAt).toISOString(),
    preview: moved.preview?.path ?? null,
  };
}

/** Never in the future, not even after the clock was set back. */
function lastProgressAt(stored: StoredPace, { quietMilliseconds }: News, now: number): number {
  const known = stored.lastProgressAt ?? now;
  return Math.min(now, quietMilliseconds === undefined ? known : Math.max(known, now - quietMilliseconds));
}

function moveRate(
  { rate, pace }: StoredPace,
  tallies: readonly StageTally[],
  now: number,
): { readonly next: DrawingRate; readonly shown: Job['rate'] } {
  const drawing = tallies.find(({ stage }) => stage === 'render');
  if (drawing === undefined || drawing.units === null) return { next: rate, shown: null };
  const { units, unitsDone, unitsCached, videoSeconds, running } = drawing;
  const clockSeconds = Math.max(0, now - (pace.measuredAt ?? now)) / 1_000;
  const next = advanceRate(rate, {
    drawn: unitsDone - unitsCached,
    clockSeconds: running > 0 ? clockSeconds : 0,
  });
  return { next, shown: running > 0 ? describeRate(next, videoSeconds / Math.max(units, 1)) : null };
}

/** What an older version stored, whose jobs go on after the update, may lack what came later. */
async function read(
  transaction: Queryable,
  jobId: string,
): Promise<{ readonly stored: StoredPace; readonly now: number }> {
  const { pace: known, now } = await readPace<StoredPace>(transaction, jobId);
  return { stored: { ...beginning(), ...known, pace: { ...startPace(), ...known?.pace } }, now };
}
