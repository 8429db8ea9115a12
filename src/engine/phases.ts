import { type StageName, stageNames } from '../protocol/index.ts';

/** Stages that run side by side and share the machine: their speed is measured together, and phases follow each other. */
export const phaseNames = ['gather', 'plan', 'make', 'finish'] as const;
export type PhaseName = (typeof phaseNames)[number];

export const phaseOf = {
  narrate: 'gather',
  fetch: 'gather',
  plan: 'plan',
  render: 'make',
  mix: 'make',
  finish: 'finish',
} as const satisfies Record<StageName, PhaseName>;

/** How many tasks run side by side. */
export type Parallelism = Readonly<Record<PhaseName, number>>;

/** How many tasks of a stage a worker does side by side: 1 where nothing is said. */
type Places = Readonly<Partial<Record<StageName, number>>>;

interface Machine {
  readonly places: Places;
  /**
   * The seconds of the tasks were measured here. Stages that overlap share the machine's cores, which times that were measured
   * have in them already and others do not.
   */
  readonly isLearned: boolean;
}

/**
 * What is expected before the tasks are known.
 *
 * @param workSeconds of each stage, as far as it is expected.
 */
export function expectedParallelism(
  workSeconds: Readonly<Partial<Record<StageName, number>>>,
  { places, isLearned }: Machine,
): Parallelism {
  const evenly = stageNames.flatMap((stage) => {
    const count = places[stage] ?? 1;
    return Array.from({ length: count }, () => ({ stage, workSeconds: (workSeconds[stage] ?? 0) / count }));
  });
  return { ...mostOf(places), ...parallelismOf(evenly, { places, isLearned }) };
}

/** As many as a phase has cores to use, taken that it has the places of its widest stage. */
function mostOf({ narrate = 1, plan = 1, render = 1, finish = 1 }: Places): Parallelism {
  return { gather: narrate, plan, make: render, finish };
}

interface PlacedTask {
  readonly stage: StageName;
  readonly workSeconds: number;
}

/**
 * How many of these tasks run side by side in the mean when each takes the next free place of its stage: the last ones
 * leave places empty. Only of the phases that have tasks.
 */
export function parallelismOf(
  tasks: readonly PlacedTask[],
  { places, isLearned }: Machine,
): Partial<Parallelism> {
  const groups = Map.groupBy(tasks, ({ stage }) => phaseOf[stage]);
  const most = mostOf(places);
  const found = [...groups].map(([phase, group]) => {
    const total = sum(group.map(({ workSeconds }) => workSeconds));
    const stages = [...Map.groupBy(group, ({ stage }) => stage)];
    const longest = Math.max(...stages.map(([stage, own]) => makespan(own, places[stage] ?? 1)));
    if (total === 0) return [phase, most[phase]] as const;
    const sideBySide = Math.max(1, total / longest);
    return [phase, isLearned ? sideBySide : Math.min(sideBySide, most[phase])] as const;
  });
  return Object.fromEntries(found);
}

/**
 * How long these tasks take by the clock, phase after phase, where nothing else is to be done.
 *
 * @param factors by what to multiply the tasks' seconds, as `learnedFactors` of the store gives them.
 */
export function clockSecondsOf(
  tasks: readonly PlacedTask[],
  {
    factors,
    places,
  }: { readonly factors: Readonly<Partial<Record<StageName, number>>>; readonly places: Places },
): number {
  const scaled = tasks.map(({ stage, workSeconds }) => ({
    stage,
    workSeconds: workSeconds * (factors[stage] ?? 1),
  }));
  const parallelism = parallelismOf(scaled, { places, isLearned: isLearned(factors) });
  return sum(scaled.map(({ stage, workSeconds }) => workSeconds / (parallelism[phaseOf[stage]] ?? 1)));
}

/** Whether it is known how long the greater part of a job takes here. */
export function isLearned({ render }: Readonly<Partial<Record<StageName, number>>>): boolean {
  return render !== undefined;
}

/** When the last of the tasks is done. */
function makespan(tasks: readonly PlacedTask[], placeCount: number): number {
  const freeAt = Array.from({ length: placeCount }, () => 0);
  for (const { workSeconds } of tasks) {
    const next = freeAt.indexOf(Math.min(...freeAt));
    freeAt[next] = (freeAt[next] ?? 0) + workSeconds;
  }
  return Math.max(...freeAt);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
