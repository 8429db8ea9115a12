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
