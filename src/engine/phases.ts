import type { StageName } from '../protocol/index.ts';

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

/** What is expected before the tasks are known, of a worker with this many places for each stage. */
export function expectedParallelism(places: Readonly<Partial<Record<StageName, number>>>): Parallelism {
  const { narrate = 1, plan = 1, render = 1, finish = 1 } = places;
  return { gather: narrate, plan, make: render, finish };
}

interface PlacedTask {
  readonly stage: StageName;
  readonly workSeconds: number;
}

/**
 * How many of these tasks run side by side in the mean when each takes the next free place of its stage: the last ones
 * leave places empty. Only of the phases that have tasks. The machine's cores, not its places, are what limits a phase whose stages
 * overlap.
 */
export function parallelismOf(
  tasks: readonly PlacedTask[],
  places: Readonly<Partial<Record<StageName, number>>>,
): Partial<Parallelism> {
  const groups = Map.groupBy(tasks, ({ stage }) => phaseOf[stage]);
  const most = expectedParallelism(places);
  const found = [...groups].map(([phase, group]) => {
    const total = sum(group.map(({ workSeconds }) => workSeconds));
    const stages = [...Map.groupBy(group, ({ stage }) => stage)];
    const longest = Math.max(...stages.map(([stage, own]) => makespan(own, places[stage] ?? 1)));
    return [phase, total > 0 ? Math.min(Math.max(1, total / longest), most[phase]) : most[phase]] as const;
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
  }: {
    readonly factors: Readonly<Partial<Record<StageName, number>>>;
    readonly places: Readonly<Partial<Record<StageName, number>>>;
  },
): number {
  const scaled = tasks.map(({ stage, workSeconds }) => ({
    stage,
    workSeconds: workSeconds * (factors[stage] ?? 1),
  }));
  const parallelism = parallelismOf(scaled, places);
  return sum(scaled.map(({ stage, workSeconds }) => workSeconds / (parallelism[phaseOf[stage]] ?? 1)));
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
