import type { Queryable } from './database.ts';

/** What a job's bar and estimate are continued from; what is in it is the engine's business. */
export async function writePace(transaction: Queryable, jobId: string, pace: object): Promise<void> {
  await transaction.query(
    `INSERT INTO aura.pace (job_id, figures) VALUES ($1, $2) ON CONFLICT (job_id) DO UPDATE SET figures = $2`,
    [jobId, JSON.stringify(pace)],
  );
}

export async function readPace<Pace>(transaction: Queryable, jobId: string): Promise<Pace | undefined> {
  const rows = await transaction.query<{ figures: Pace }>('SELECT figures FROM aura.pace WHERE job_id = $1', [
    jobId,
  ]);
  return rows[0]?.figures;
}

/** What time it is, in milliseconds since 1970: one clock for all processes, whatever their machines think. */
export async function readClock(database: Queryable): Promise<number> {
  const rows = await database.query<{ now: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::double precision AS now',
  );
  return rows[0]?.now ?? 0;
}
