import type { StageName } from '../protocol/index.ts';
import type { Queryable } from './database.ts';

/** How long a finished task took, beside what the cost model said. */
export interface MeasuredTask {
  readonly machine: string;
  readonly stage: StageName;
  readonly measuredSeconds: number;
  readonly modelSeconds: number;
  /** After so many tasks an old one counts about a third. */
  readonly memory: number;
}

/** Moves what is known of a machine's speed towards what a task took. */
export async function learnSpeed(transaction: Queryable, task: MeasuredTask): Promise<void> {
  await transaction.query(
    `INSERT INTO aura.speed AS known (machine, stage, measured_seconds, model_seconds) VALUES ($1, $2, $3, $4)
     ON CONFLICT (machine, stage) DO UPDATE SET
       measured_seconds = known.measured_seconds * $5 + $3,
       model_seconds = known.model_seconds * $5 + $4,
       updated_at = now()`,
    [task.machine, task.stage, task.measuredSeconds, task.modelSeconds, 1 - 1 / task.memory],
  );
}

/** By what to multiply the cost model's seconds; a stage that was never measured is not there. */
export type SpeedFactors = Readonly<Partial<Record<StageName, number>>>;

/**
 * What the machines that worked lately really take for the cost model's seconds, by stage: 2 is twice as long. Nobody
 * knows which of them will do a task, so it is the mean over what all of them did.
 */
export async function learnedFactors(database: Queryable): Promise<SpeedFactors> {
  const rows = await database.query<{ stage: StageName; factor: number }>(
    `SELECT stage, sum(measured_seconds) / sum(model_seconds) AS factor FROM aura.speed
     WHERE updated_at > (SELECT max(updated_at) FROM aura.speed) - interval '1 day'
     GROUP BY stage HAVING sum(model_seconds) > 0`,
  );
  return Object.fromEntries(rows.map(({ stage, factor }) => [stage, within(factor)]));
}

/** A clock that was set, or a machine that slept in a task, must not spoil every estimate for long. */
function within(factor: number): number {
  return Math.min(Math.max(factor, 0.02), 50);
}
