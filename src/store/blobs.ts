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

/** PostgreSQL's foreign_key_violation. */
function isJobGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}
