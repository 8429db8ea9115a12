import { type Job, type Stage, type StageName, stageNames } from '../protocol/index.ts';
import { type Queryable, readPace, type StageTally, tallyStages, writePace } from '../store/index.ts';
import { advanceRate, type DrawingRate, describeRate, noRate } from './drawing-rate.ts';
import { type Parallelism, type PhaseName, phaseOf } from './phases.ts';
import { advancePace, estimateEta, type Pace, type PhaseMeasure, startPace } from './progress.ts';
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

/** What is known of the work from when the tasks were asked for. */
export interface WorkPlan {
  /** Estimated seconds of work that no task stands for yet. */
  readonly unplanned: Unplanned;
  readonly parallelism: Parallelism;
  readonly isLearned: boolean;
}

interface StoredPace extends WorkPlan {
  readonly pace: Pace;
  readonly rate: DrawingRate;
  /** When a task last said that it had got further, or ended; milliseconds since 1970. */
  readonly lastProgressAt: number | null;
  /** By the clock, when it was measured last; what others in the queue wait for. */
  readonly leftSeconds: number;
}

/** Begins a job's bar, or begins it again for a new attempt. */
export async function beginPace(transaction: Queryable, jobId: string): Promise<void> {
  await store(transaction, jobId, beginning());
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
  const stored = await read(transaction, jobId);
  const parallelism = { ...stored.parallelism, ...change.parallelism };
  const planned = { ...stored, ...change, parallelism };
  const phases = measurePhases(await tallyStages(transaction, jobId), planned);
  const leftSeconds = estimateEta(stored.pace, { phases, ...certainty(planned, phases) })?.seconds ?? 0;
  await store(transaction, jobId, { ...planned, leftSeconds });
}

/**
 * Adds up a job's tasks and moves its bar there; the transaction holds the job.
 *
 * @param saidAt when a task last said that it had got further, or ended, as far as this process knows.
 */
export async function measureJob(
  transaction: Queryable,
  jobId: string,
  now: Date,
  saidAt?: Date,
): Promise<Measured> {
  const tallies = await tallyStages(transaction, jobId);
  const stored = await read(transaction, jobId);
  const phases = measurePhases(tallies, stored);
  const pace = advancePace(stored.pace, { phases, now: now.getTime() });
  const rate = moveRate(stored, tallies, now);
  const eta = estimateEta(pace, { phases, ...certainty(stored, phases) });
  const lastProgressAt = Math.max(saidAt?.getTime() ?? 0, stored.lastProgressAt ?? now.getTime());
  const leftSeconds = eta?.seconds ?? stored.leftSeconds;
  await store(transaction, jobId, { ...stored, pace, rate: rate.next, lastProgressAt, leftSeconds });
  const stages = describeStages(tallies, stored.unplanned);
  return {
    stages,
    stage: currentStage(stages),
    progress: pace.progress,
    work: workOf(phases),
    etaSeconds: eta?.seconds ?? null,
    etaRange: eta && { lowSeconds: eta.lowSeconds, highSeconds: eta.highSeconds },
    rate: rate.shown,
    lastProgressAt: new Date(lastProgressAt).toISOString(),
  };
}

/** The work of each phase in seconds by the clock: tasks that run side by side share them. */
function measurePhases(
  tallies: readonly StageTally[],
  { unplanned, parallelism }: Pick<WorkPlan, 'unplanned' | 'parallelism'>,
): Record<PhaseName, PhaseMeasure> {
  const likely = likelyUnplanned(tallies, unplanned);
  const measure = (phase: PhaseName): PhaseMeasure => {
    const own = tallies.filter(({ stage }) => phaseOf[stage] === phase);
    const expected = stageNames.filter((name) => phaseOf[name] === phase).map((name) => likely[name] ?? 0);
    const total = sum(own.map(({ workSeconds }) => workSeconds)) + sum(expected);
    return {
      doneSeconds: sum(own.map(({ doneSeconds }) => doneSeconds)) / parallelism[phase],
      totalSeconds: total / parallelism[phase],
      isRunning: own.some(({ running }) => running > 0),
    };
  };
  return {
    gather: measure('gather'),
    plan: measure('plan'),
    make: measure('make'),
    finish: measure('finish'),
  };
}

/** What was spoken before was most likely drawn before, and where all of it was, the rest is likely stored as well. */
function likelyUnplanned(tallies: readonly StageTally[], unplanned: Unplanned): Unplanned {
  const { units, unitsCached = 0 } = tallies.find(({ stage }) => stage === 'narrate') ?? {};
  const { render = 0, mix = 0, finish = 0, ...others } = unplanned;
  // Once there is a plan, it says what is stored.
  if (!units || render === 0) return unplanned;
  const stored = unitsCached / units;
  const rest = stored === 1 ? 0.3 : 1;
  return { ...others, render: render * (1 - 0.9 * stored), mix: mix * rest, finish: finish * rest };
}

/** How much of the work ahead is only guessed. What is ahead in any case, though no task stands for it yet, is not. */
function certainty(
  { unplanned, parallelism, isLearned }: WorkPlan,
  phases: Record<PhaseName, PhaseMeasure>,
): { readonly unplannedShare: number; readonly isLearned: boolean } {
  const { doneSeconds, totalSeconds } = workOf(phases);
  const left = totalSeconds - doneSeconds;
  const guessed = (unplanned.render ?? 0) / parallelism.make;
  return { unplannedShare: left > 0 ? Math.min(1, guessed / left) : 0, isLearned };
}

function workOf(phases: Record<PhaseName, PhaseMeasure>): Measured['work'] {
  const all = Object.values(phases);
  return {
    doneSeconds: hundredths(sum(all.map(({ doneSeconds }) => doneSeconds))),
    totalSeconds: hundredths(sum(all.map(({ totalSeconds }) => totalSeconds))),
  };
}

function moveRate(
  { rate, pace }: StoredPace,
  tallies: readonly StageTally[],
  now: Date,
): { readonly next: DrawingRate; readonly shown: Job['rate'] } {
  const drawing = tallies.find(({ stage }) => stage === 'render');
  if (drawing === undefined || drawing.units === null) return { next: rate, shown: null };
  const { units, unitsDone, unitsCached, videoSeconds, running } = drawing;
  const clockSeconds = Math.max(0, now.getTime() - (pace.measuredAt ?? now.getTime())) / 1_000;
  const next = advanceRate(rate, {
    drawn: unitsDone - unitsCached,
    clockSeconds: running > 0 ? clockSeconds : 0,
  });
  return { next, shown: running > 0 ? describeRate(next, videoSeconds / Math.max(units, 1)) : null };
}

async function read(transaction: Queryable, jobId: string): Promise<StoredPace> {
  return (await readPace<StoredPace>(transaction, jobId)) ?? beginning();
}

async function store(transaction: Queryable, jobId: string, pace: StoredPace): Promise<void> {
  await writePace(transaction, jobId, pace);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
