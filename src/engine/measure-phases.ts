import { type StageName, stageNames } from '../protocol/index.ts';
import type { StageTally } from '../store/index.ts';
import { type Parallelism, type PhaseName, phaseOf } from './phases.ts';
import type { EtaBasis, PhaseMeasure } from './progress.ts';
import type { Unplanned } from './stages.ts';

/** What is known of the work from when the tasks were asked for. */
export interface WorkPlan {
  /** Estimated seconds of work that no task stands for yet. */
  readonly unplanned: Unplanned;
  readonly parallelism: Parallelism;
  readonly isLearned: boolean;
}

type Phases = Readonly<Record<PhaseName, PhaseMeasure>>;

/** The work of each phase in seconds by the clock: tasks that run side by side share them. */
export function measurePhases(
  tallies: readonly StageTally[],
  { unplanned, parallelism }: Pick<WorkPlan, 'unplanned' | 'parallelism'>,
): Phases {
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
function likelyUnplanned(
  tallies: readonly StageTally[],
  unplanned: Unplanned,
): Partial<Record<StageName, number>> {
  const { units, unitsCached = 0 } = tallies.find(({ stage }) => stage === 'narrate') ?? {};
  const { render = 0, mix = 0, finish = 0, ...others } = unplanned;
  // Once there is a plan, it says what is stored.
  if (!units || render === 0) return unplanned;
  const stored = unitsCached / units;
  const rest = stored === 1 ? 0.3 : 1;
  return { ...others, render: render * (1 - 0.9 * stored), mix: mix * rest, finish: finish * rest };
}

/** How much of the work ahead is only guessed. What is ahead in any case, though no task stands for it yet, is not. */
export function certainty(
  { unplanned, parallelism, isLearned }: WorkPlan,
  phases: Phases,
): Pick<EtaBasis, 'unplannedShare' | 'isLearned'> {
  const { doneSeconds, totalSeconds } = workOf(phases);
  const left = totalSeconds - doneSeconds;
  const guessed = (unplanned.render ?? 0) / parallelism.make;
  return { unplannedShare: left > 0 ? Math.min(1, guessed / left) : 0, isLearned };
}

/** Of all phases together. */
export function workOf(phases: Phases): { readonly doneSeconds: number; readonly totalSeconds: number } {
  const all = Object.values(phases);
  return {
    doneSeconds: hundredths(sum(all.map(({ doneSeconds }) => doneSeconds))),
    totalSeconds: hundredths(sum(all.map(({ totalSeconds }) => totalSeconds))),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
