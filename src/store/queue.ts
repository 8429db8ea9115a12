import type { Live, Priority, StageName } from '../protocol/index.ts';
import type { Queryable } from './database.ts';
import { eventChannel } from './event-channel.ts';

/** A job that is not over, with what decides how long others wait for it. */
export interface QueuedJob {
  readonly id: string;
  readonly status: 'queued' | 'running';
  readonly priority: Priority;
  /** As the log has it. */
  readonly progress: number;
  readonly stage: StageName | null;
  readonly figures: Live | null;
  /** By the clock, until all of it is done. */
  readonly leftSeconds: number;
  /** It has tasks that could run, and none of them does. */
  readonly isWaiting: boolean;
}

/** The jobs whose work is being done or waits to be, oldest first. */
export async function readQueue(database: Queryable): Promise<readonly QueuedJob[]> {
  return database.query<QueuedJob>(
    `SELECT job.id, job.status, job.state ->> 'priority' AS priority, job.state ->> 'stage' AS stage,
       (job.state ->> 'progress')::double precision AS progress, live.figures,
       coalesce((pace.figures ->> 'leftSeconds')::double precision, 0) AS "leftSeconds",
       EXISTS (SELECT 1 FROM aura.task WHERE task.job_id = job.id AND task.state = 'ready')
         AND NOT EXISTS (SELECT 1 FROM aura.task WHERE task.job_id = job.id AND task.state = 'running') AS "isWaiting"
     FROM aura.job
     LEFT JOIN aura.live ON live.job_id = job.id AND live.attempt = job.attempt
     LEFT JOIN aura.pace ON pace.job_id = job.id
     WHERE job.status IN ('queued', 'running') AND NOT (job.state ->> 'isPausing')::boolean
     ORDER BY job.created_at, job.id`,
  );
}

export interface WaitingFigures {
  readonly jobId: string;
  readonly live: Live;
}

/** Replaces the live figures of jobs that still wait, and tells the listeners. */
export async function setWaitingFigures(
  database: Queryable,
  waiting: readonly WaitingFigures[],
): Promise<void> {
  await database.query(
    `WITH changed AS (
       UPDATE aura.live SET figures = place.figures, version = version + 1
       FROM unnest($1::uuid[], $2::json[]) AS place (job_id, figures) JOIN aura.job ON job.id = place.job_id
       WHERE live.job_id = place.job_id AND job.status IN ('queued', 'running')
         AND NOT EXISTS (SELECT 1 FROM aura.task WHERE task.job_id = job.id AND task.state = 'running')
       RETURNING live.job_id
     )
     SELECT pg_notify($3, job_id || ':live') FROM changed`,
    [waiting.map(({ jobId }) => jobId), waiting.map(({ live }) => JSON.stringify(live)), eventChannel],
  );
}
