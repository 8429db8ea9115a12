import type { Queryable } from './database.ts';

/** An arbitrary number among the server's advisory locks: jobs join the queue one after the other. */
const queueLock = 4_712_003;

export interface QueueLength {
  /** Jobs that nobody has begun. */
  readonly waiting: number;
  /** In how many seconds the first of the running jobs is expected to end; null when nobody knows. */
  readonly nextEndSeconds: number | null;
}

/** How long the queue is. Until the transaction ends nobody else looks, so a limit can be kept exactly. */
export async function measureQueue(transaction: Queryable): Promise<QueueLength> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [queueLock]);
  const [row] = await transaction.query<QueueLength>(
    `SELECT (count(*) FILTER (WHERE job.status = 'queued'))::integer AS waiting,
       min((live.figures ->> 'etaSeconds')::double precision) FILTER (WHERE job.status = 'running')
         AS "nextEndSeconds"
     FROM aura.job LEFT JOIN aura.live ON live.job_id = job.id AND live.attempt = job.attempt
     WHERE job.status IN ('queued', 'running')`,
  );
  return row ?? { waiting: 0, nextEndSeconds: null };
}
