import {
  AuraError,
  type Job,
  type JobList,
  type JobStatus,
  type Json,
  type Live,
} from '../protocol/index.ts';
import type { Queryable } from './database.ts';

/** A job's folded log and, apart from it, its newest live figures. */
export interface JobState {
  readonly job: Job;
  readonly live: Live | undefined;
}

export interface NewJob {
  readonly id: string;
  readonly input: Json;
  readonly idempotencyKey?: string | undefined;
  /** Of the request that the key came with. */
  readonly requestHash?: string | undefined;
  /** The fold of its first event. */
  readonly state: Job;
}

/** Writes the job's row; false when its id or its idempotency key is taken. Its events are written by `appendEvents`. */
export async function insertJob(transaction: Queryable, job: NewJob): Promise<boolean> {
  const rows = await transaction.query(
    `INSERT INTO aura.job (id, idempotency_key, request_hash, status, attempt, event_seq, input, state, created_at)
     VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
    [
      job.id,
      job.idempotencyKey ?? null,
      job.requestHash ?? null,
      job.state.status,
      job.state.attempt,
      JSON.stringify(job.input),
      JSON.stringify(job.state),
      job.state.createdAt,
    ],
  );
  return rows.length > 0;
}

export async function readJob(database: Queryable, jobId: string): Promise<JobState | undefined> {
  const rows = await database.query<JobRow>(`${selectJobs} WHERE job.id = $1`, [jobId]);
  return rows[0] && toJobState(rows[0]);
}

export interface LockedJob {
  readonly state: Job;
  readonly input: Json;
}

/**
 * Reads a job and keeps everybody else from changing it until the transaction ends. Whatever changes a job, its events or
 * its tasks does this first, so changes of one job happen one after the other and cannot deadlock.
 */
export async function lockJob(transaction: Queryable, jobId: string): Promise<LockedJob | undefined> {
  const rows = await transaction.query<LockedJob>(
    'SELECT state, input FROM aura.job WHERE id = $1 FOR UPDATE',
    [jobId],
  );
  return rows[0];
}

/** Ids of the jobs in any of these states, oldest first. */
export async function listJobIds(
  database: Queryable,
  statuses: readonly JobStatus[],
): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>(
    'SELECT id FROM aura.job WHERE status = ANY($1::text[]) ORDER BY created_at, id',
    [statuses],
  );
  return rows.map((row) => row.id);
}

export interface JobPage {
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
  readonly status?: JobStatus | undefined;
  /** Only these, as far as they exist. */
  readonly ids?: readonly string[] | undefined;
}

/**
 * Newest first.
 * @throws {AuraError} body_invalid for a cursor that no page gave.
 */
export async function listJobs(
  database: Queryable,
  { limit, cursor, status, ids }: JobPage,
): Promise<{ readonly jobs: readonly JobState[]; readonly nextCursor: JobList['nextCursor'] }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const rows = await database.query<JobRow>(
    `${selectJobs}
     WHERE ($1::text IS NULL OR job.status = $1)
       AND ($2::timestamptz IS NULL OR (job.created_at, job.id) < ($2, $3::uuid))
       AND ($5::uuid[] IS NULL OR job.id = ANY($5))
     ORDER BY job.created_at DESC, job.id DESC LIMIT $4`,
    [status ?? null, after?.createdAt ?? null, after?.id ?? null, limit + 1, ids ?? null],
  );
  const jobs = rows.slice(0, limit).map(toJobState);
  const last = jobs.at(-1);
  return { jobs, nextCursor: rows.length > limit && last ? encodeCursor(last.job) : null };
}

export interface JobRow {
  readonly state: Job;
  readonly figures: Live | null;
}

export const selectJobs = `SELECT job.state, live.figures FROM aura.job
  LEFT JOIN aura.live ON live.job_id = job.id AND live.attempt = job.attempt`;

export function toJobState({ state, figures }: JobRow): JobState {
  return { job: state, live: figures ?? undefined };
}

function encodeCursor({ createdAt, id }: Job): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

function decodeCursor(cursor: string): { createdAt: string; id: string } {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f-]{36})$/.exec(
    Buffer.from(cursor, 'base64url').toString(),
  );
  const [, createdAt, id] = match ?? [];
  if (createdAt === undefined || id === undefined) {
    throw new AuraError('body_invalid', 'The cursor is not one that a list of jobs gave.', {
      issues: [{ path: 'cursor', message: 'must be the nextCursor of the page before' }],
    });
  }
  return { createdAt, id };
}
