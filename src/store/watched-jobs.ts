import type { Queryable } from './database.ts';
import { type JobRow, type JobState, selectJobs, toJobState } from './jobs.ts';

/** Which jobs a list shows: these, or those that have not ended and the newest of the others. */
export type JobChoice = { readonly ids: readonly string[] } | { readonly newest: number };

/** Most unfinished jobs of one list: the oldest, for they are next. */
const mostUnfinished = 1_000;

/** The jobs of a list, newest first. */
export async function readChosenJobs(database: Queryable, choice: JobChoice): Promise<readonly JobState[]> {
  const rows = await ('ids' in choice
    ? database.query<JobRow>(`${selectJobs} WHERE job.id = ANY($1::uuid[]) ${newestFirst}`, [choice.ids])
    : database.query<JobRow>(
        `${selectJobs} WHERE job.id IN (
           (SELECT id FROM aura.job ORDER BY created_at DESC, id DESC LIMIT $1)
           UNION (SELECT id FROM aura.job WHERE ${isUnfinished} ORDER BY created_at, id LIMIT $2)
         ) ${newestFirst}`,
        [choice.newest, mostUnfinished],
      ));
  return rows.map(toJobState);
}

/** Ids of the jobs that have not ended. */
export async function readUnfinishedIds(database: Queryable): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM aura.job WHERE ${isUnfinished} ORDER BY created_at, id LIMIT $1`,
    [mostUnfinished],
  );
  return rows.map(({ id }) => id);
}

const newestFirst = 'ORDER BY job.created_at DESC, job.id DESC';

/** As the index `job_open` has it. */
const isUnfinished = "status NOT IN ('completed', 'failed', 'cancelled')";
