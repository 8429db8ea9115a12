import { terminalStatuses } from '../protocol/index.ts';
import type { Database, Queryable } from './database.ts';

/** An arbitrary number among the server's advisory locks: shared by those who note a use, exclusive for those who remove. */
const blobLock = 4_712_002;

/**
 * Notes that a job is made with these stored results. Done before they are looked for or written: from then on nobody's
 * deletion takes them away, and what a deletion is just removing is gone when this resolves.
 *
 * @returns false when the job is gone: then its results are up for removal.
 */
export async function noteBlobUse(
  database: Queryable,
  jobId: string,
  keys: readonly string[],
): Promise<boolean> {
  try {
    await database.query(
      `WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared($3) AS lock)
       INSERT INTO aura.blob_use (job_id, key)
       SELECT $1, key FROM held, unnest($2::text[]) AS key ON CONFLICT DO NOTHING`,
      [jobId, keys, blobLock],
    );
    return true;
  } catch (error) {
    if (!isJobGone(error)) throw error;
    await database.query(
      'INSERT INTO aura.released_blob (key) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING',
      [keys],
    );
    return false;
  }
}

/** Deletes a job with its log and its tasks. What it was made with is up for removal. The transaction holds the job. */
export async function deleteJobRow(transaction: Queryable, jobId: string): Promise<void> {
  await transaction.query(
    `INSERT INTO aura.released_blob (key) SELECT key FROM aura.blob_use WHERE job_id = $1
     ON CONFLICT DO NOTHING`,
    [jobId],
  );
  await transaction.query('DELETE FROM aura.job WHERE id = $1', [jobId]);
}

/** Few, because everybody who notes a use waits meanwhile. */
const batchSize = 20;

/**
 * Removes what deleted jobs were made with, as far as no other job uses it and nobody uploaded it. What cannot be removed
 * is tried again the next time.
 *
 * @returns how many were removed.
 */
export async function removeReleasedBlobs(
  database: Database,
  remove: (key: string) => Promise<void>,
): Promise<number> {
  const [released] = await database.query('SELECT 1 FROM aura.released_blob LIMIT 1');
  if (released === undefined) return 0;
  let removed = 0;
  for (;;) {
    const batch = await database.transaction(async (transaction) => {
      await transaction.query('SELECT pg_advisory_xact_lock($1)', [blobLock]);
      const rows = await takeBatch(transaction);
      for (const { key, isUsed } of rows) if (!isUsed) await remove(key);
      return rows;
    });
    removed += batch.filter(({ isUsed }) => !isUsed).length;
    if (batch.length < batchSize) return removed;
  }
}

interface ReleasedBlob {
  readonly key: string;
  readonly isUsed: boolean;
}

async function takeBatch(transaction: Queryable): Promise<readonly ReleasedBlob[]> {
  return transaction.query<ReleasedBlob>(
    `DELETE FROM aura.released_blob AS released
     WHERE key IN (SELECT key FROM aura.released_blob ORDER BY key LIMIT $1)
     RETURNING key, (
       EXISTS (SELECT 1 FROM aura.blob_use WHERE blob_use.key = released.key)
       OR EXISTS (SELECT 1 FROM aura.asset WHERE asset.id = replace(released.key, 'asset/', 'asset:'))
     ) AS "isUsed"`,
    [batchSize],
  );
}

/**
 * Keys of results that only ended jobs were made with, those first whose last job ended first.
 *
 * @param of.kinds what keys begin with.
 * @param of.limit at most so many.
 */
export async function listSpareBlobs(
  database: Queryable,
  { kinds, limit }: { readonly kinds: readonly string[]; readonly limit: number },
): Promise<string[]> {
  const rows = await database.query<{ key: string }>(
    `WITH job AS MATERIALIZED (
       SELECT id, status = ANY($2::text[]) AS has_ended, state ->> 'finishedAt' AS ended_at FROM aura.job
     )
     SELECT key FROM aura.blob_use JOIN job ON job.id = blob_use.job_id
     WHERE split_part(key, '/', 1) = ANY($1::text[])
     GROUP BY key HAVING bool_and(has_ended) ORDER BY max(ended_at), key LIMIT $3`,
    [kinds, terminalStatuses, limit],
  );
  return rows.map(({ key }) => key);
}

/**
 * Removes results that ended jobs were made with, as far as no other job has begun to use them since. The jobs forget them: a
 * retry notes what it uses anew, before it looks for it.
 *
 * @param keys few, because everybody who notes a use waits meanwhile.
 */
export async function removeSpareBlobs(
  database: Database,
  keys: readonly string[],
  remove: (key: string) => Promise<void>,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [blobLock]);
    // Nobody retries or deletes these jobs meanwhile.
    await transaction.query(
      `SELECT id FROM aura.job WHERE id IN (SELECT job_id FROM aura.blob_use WHERE key = ANY($1::text[]))
       ORDER BY id FOR KEY SHARE`,
      [keys],
    );
    const spare = await transaction.query<{ key: string }>(
      `DELETE FROM aura.blob_use AS use WHERE key = ANY($1::text[]) AND NOT EXISTS (
         SELECT 1 FROM aura.blob_use AS other JOIN aura.job ON job.id = other.job_id
         WHERE other.key = use.key AND job.status <> ALL($2::text[])
       ) RETURNING key`,
      [keys, terminalStatuses],
    );
    for (const key of new Set(spare.map((row) => row.key))) await remove(key);
  });
}

/** PostgreSQL's foreign_key_violation. */
function isJobGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}
