import type { Queryable } from './database.ts';

/** What a job's bar and estimate are continued from; what is in it is the engine's business. */
export async function writePace(transaction: Queryable, jobId: string, pace: object): Promise<void> {
  await transaction.query(
    `INSERT INTO aura.pace (job_id, figures) VALUES ($1, $2) ON CONFLICT (job_id) DO UPDATE SET figures = $2`,
    [jobId, JSON.stringify(pace)],
  );
}

export interface KnownPace<Pace> {
  /** Absent when nothing was written. */
  readonly pace: Pace | undefined;
  /** What time it is, in milliseconds since 1970: one clock for all processes, whatever their machines think. */
  readonly now: number;
}

export async function readPace<Pace>(transaction: Queryable, jobId: string): Promise<KnownPace<Pace>> {
  const [row] = await transaction.query<{ now: number; figures: Pace | null }>(
    `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::double precision AS now,
            (SELECT figures FROM aura.pace WHERE job_id = $1) AS figures`,
    [jobId],
  );
  return { pace: row?.figures ?? undefined, now: row?.now ?? 0 };
}
