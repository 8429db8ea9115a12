import type { Job } from '../protocol/index.ts';
import type { Queryable } from './database.ts';

/** How long a key stands for the job it made. */
const rememberedMilliseconds = 24 * 3_600_000;

/** The job a key made. */
export interface KeyedJob {
  readonly job: Job;
  /** Of the request it was made for; null when that was not noted. */
  readonly requestHash: string | null;
}

/** Lets a key be used again that was used long ago. */
export async function forgetOldKey(transaction: Queryable, idempotencyKey: string, now: Date): Promise<void> {
  await transaction.query(
    'UPDATE aura.job SET idempotency_key = NULL WHERE idempotency_key = $1 AND created_at < $2',
    [idempotencyKey, new Date(now.getTime() - rememberedMilliseconds).toISOString()],
  );
}

export async function findJobByKey(
  database: Queryable,
  idempotencyKey: string,
): Promise<KeyedJob | undefined> {
  const rows = await database.query<KeyedJob>(
    'SELECT state AS job, request_hash AS "requestHash" FROM aura.job WHERE idempotency_key = $1',
    [idempotencyKey],
  );
  return rows[0];
}
