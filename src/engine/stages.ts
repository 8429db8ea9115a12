import { describeWork, type Stage, type StageName, stageNames, unitKindOf } from '../protocol/index.ts';
import type { StageTally } from '../store/index.ts';

/** Estimated seconds of work that no task stands for yet. */
export type Unplanned = Readonly<Partial<Record<StageName, number>>>;

/** All stages of a job as people see them, from what its tasks are doing. */
export function describeStages(tallies: readonly StageTally[], unplanned: Unplanned): Stage[] {
  const latestBegun = Math.max(-1, ...tallies.filter(hasBegun).map(({ stage }) => stageNames.indexOf(stage)));
  return stageNames.map((name, index) => {
    const tally = tallies.find(({ stage }) => stage === name);
    const { done = 0, total = 0, cached = 0 } = tally ?? {};
    const isExpected = (unplanned[name] ?? 0) > 0;
    // A stage that has nothing to do is done as soon as a later one is under way.
    const isDone = !isExpected && done === total && (total > 0 || index < latestBegun);
    const status = isDone ? 'done' : tally && hasBegun(tally) ? 'running' : 'pending';
    return { name, status, done, total, cached, ...(tally && describeUnits(tally)) };
  });
}

/** The earliest stage that is running. */
export function currentStage(stages: readonly Stage[]): StageName | null {
  return stages.find(({ status }) => status === 'running')?.name ?? null;
}

/** What a job is doing, in words: what its stage counts, or what the task said where counting says less. */
export function activityOf(
  stages: readonly Stage[],
  stage: StageName | null,
  said: string | null,
): string | null {
  const current = stages.find(({ name }) => name === stage);
  const isCounted = current?.units !== undefined && current.units.total > 1;
  return isCounted && stage !== 'finish' ? (current.activity ?? said) : said;
}

function describeUnits({ stage, units, unitsDone, unitsCached }: StageTally): Partial<Stage> {
  if (units === null) return {};
  const counted = { done: unitsDone, total: units, cached: unitsCached };
  return { units: { kind: unitKindOf[stage], ...counted }, activity: describeWork(stage, counted) };
}

function hasBegun({ running, done }: StageTally): boolean {
  return running > 0 || done > 0;
}
