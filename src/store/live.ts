import type { Live } from '../protocol/index.ts';
import type { Queryable } from './database.ts';
import { eventChannel } from './event-channel.ts';

/** Begins an attempt without any figures. */
export async function resetLive(transaction: Queryable, jobId: string, attempt: number): Promise<void> {
  await transaction.query(
    `INSERT INTO aura.live (job_id, attempt, version) VALUES ($1, $2, 0)
     ON CONFLICT (job_id) DO UPDATE SET attempt = $2, version = live.version + 1, figures = NULL`,
    [jobId, attempt],
  );
}

/** Replaces a job's live figures and tells the listeners. */
export async function setLive(transaction: Queryable, jobId: string, live: Live): Promise<void> {
  await transaction.query(
    `WITH written AS (UPDATE aura.live SET figures = $2, version = version + 1 WHERE job_id = $1)
     SELECT pg_notify($3, $4)`,
    [jobId, JSON.stringify(live), eventChannel, `${jobId}:live`],
  );
}

export interface Position {
  readonly jobId: string;
  /** Number of the newest event. */
  readonly seq: number;
  /** Changes whenever the live figures do. */
  readonly liveVersion: number;
  readonly live: Live | undefined;
}

/** How far each of these jobs has come; those that do not exist are left out. */
export async function readPositions(
  database: Queryable,
  jobIds: readonly string[],
): Promise<readonly Position[]> {
  const rows = await database.query<{ id: string; event_seq: number; version: number; figures: Live | null }>(
    `SELECT job.id, job.event_seq, live.version, live.figures FROM aura.job
     JOIN aura.live ON live.job_id = job.id WHERE job.id = ANY($1::uuid[])`,
    [jobIds],
  );
  return rows.map((row) => ({
    jobId: row.id,
    seq: row.event_seq,
    liveVersion: row.version,
    live: row.figures ?? undefined,
  }));
}
