import type { Json, StageName } from '../protocol/index.ts';
import type { Queryable } from './database.ts';

export type TaskState = 'ready' | 'running' | 'done' | 'failed' | 'cancelled';

/** A task as it is stored. */
export interface TaskRow {
  readonly name: string;
  readonly stage: StageName;
  readonly label: string;
  /** Estimated, for the machines here. */
  readonly workSeconds: number;
  /** As the cost model said, for any machine. */
  readonly modelSeconds: number;
  /** What it consists of as people count it: passages, frames. Null when nobody said. */
  readonly units: number | null;
  /** How much video these are; null but for frames. */
  readonly videoSeconds: number | null;
  readonly input: Json;
  readonly state: TaskState;
  /** 0 to 1. */
  readonly fraction: number;
  readonly cached: boolean;
  readonly output: Json;
  /** Real failures; a worker that died does not count here. */
  readonly failures: number;
  /** How often a worker began it. */
  readonly deliveries: number;
  /** The queue's message that stands for it now. */
  readonly messageId: string;
  /** Who may report about it. Null when nobody runs it. */
  readonly claim: string | null;
}

export type NewTask = Pick<TaskRow, 'name' | 'stage' | 'label' | 'workSeconds' | 'input' | 'messageId'> &
  Partial<Pick<TaskRow, 'modelSeconds' | 'units' | 'videoSeconds'>>;

/** Adds tasks, after the ones the job has, leaving out those whose names it has already. */
export async function insertTasks(
  transaction: Queryable,
  jobId: string,
  tasks: readonly NewTask[],
): Promise<void> {
  await transaction.query(
    `INSERT INTO aura.task (job_id, name, position, stage, label, work_seconds, input, message_id,
       model_seconds, units, video_seconds)
     SELECT $1, new.name, (SELECT count(*) FROM aura.task WHERE job_id = $1) + new.position, new.stage, new.label,
       new.work_seconds, new.input, new.message_id, new.model_seconds, new.units, new.video_seconds
     FROM unnest($2::text[], $3::text[], $4::text[], $5::double precision[], $6::json[], $7::uuid[],
         $8::double precision[], $9::integer[], $10::double precision[])
       WITH ORDINALITY AS new (name, stage, label, work_seconds, input, message_id, model_seconds, units,
         video_seconds, position)
     ON CONFLICT DO NOTHING`,
    [
      jobId,
      tasks.map((task) => task.name),
      tasks.map((task) => task.stage),
      tasks.map((task) => task.label.replaceAll('\0', '')),
      tasks.map((task) => task.workSeconds),
      tasks.map((task) => JSON.stringify(task.input)),
      tasks.map((task) => task.messageId),
      tasks.map((task) => task.modelSeconds ?? task.workSeconds),
      tasks.map((task) => task.units ?? null),
      tasks.map((task) => task.videoSeconds ?? null),
    ],
  );
}

/** All tasks of a job, in the order in which they were asked for. */
export async function readTasks(database: Queryable, jobId: string): Promise<readonly TaskRow[]> {
  return database.query<TaskRow>(`${selectTasks} WHERE job_id = $1 ORDER BY position`, [jobId]);
}

export async function readTask(
  database: Queryable,
  jobId: string,
  name: string,
): Promise<TaskRow | undefined> {
  const rows = await database.query<TaskRow>(`${selectTasks} WHERE job_id = $1 AND name = $2`, [jobId, name]);
  return rows[0];
}

export async function hasUnfinishedTasks(
  database: Queryable,
  jobId: string,
  stage: StageName,
): Promise<boolean> {
  const rows = await database.query(
    "SELECT 1 FROM aura.task WHERE job_id = $1 AND stage = $2 AND state <> 'done' LIMIT 1",
    [jobId, stage],
  );
  return rows.length > 0;
}

export type TaskChange = Partial<
  Pick<
    TaskRow,
    'state' | 'fraction' | 'cached' | 'output' | 'failures' | 'deliveries' | 'messageId' | 'claim'
  >
> & {
  readonly unitsDone?: number;
  readonly unitsCached?: number;
};

/** Changes one task; the transaction holds the job. */
export async function updateTask(
  transaction: Queryable,
  { jobId, name }: { readonly jobId: string; readonly name: string },
  change: TaskChange,
): Promise<void> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  const assignments = entries.map(([key], index) => `${columns[key as keyof TaskChange]} = $${index + 3}`);
  const values = entries.map(([key, value]) => (key === 'output' ? JSON.stringify(value) : value));
  await transaction.query(`UPDATE aura.task SET ${assignments.join(', ')} WHERE job_id = $1 AND name = $2`, [
    jobId,
    name,
    ...values,
  ]);
}

/** Forgets a job's tasks, so that a new attempt can ask for them again. */
export async function deleteTasks(transaction: Queryable, jobId: string): Promise<void> {
  await transaction.query('DELETE FROM aura.task WHERE job_id = $1', [jobId]);
}

export interface FractionReport {
  readonly name: string;
  readonly claim: string;
  readonly fraction: number;
  readonly unitsDone: number;
  readonly unitsCached: number;
}

/** Writes how far these running tasks are. Returns the claims that still hold: the others are not theirs any more. */
export async function reportFractions(
  transaction: Queryable,
  jobId: string,
  reports: readonly FractionReport[],
): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ claim: string }>(
    `UPDATE aura.task SET fraction = greatest(task.fraction, report.fraction),
       units_done = greatest(task.units_done, report.units_done), units_cached = report.units_cached
     FROM unnest($2::text[], $3::text[], $4::double precision[], $5::integer[], $6::integer[])
       AS report (name, claim, fraction, units_done, units_cached)
     WHERE task.job_id = $1 AND task.name = report.name AND task.claim = report.claim AND task.state = 'running'
     RETURNING task.claim`,
    [
      jobId,
      reports.map((report) => report.name),
      reports.map((report) => report.claim),
      reports.map((report) => report.fraction),
      reports.map((report) => report.unitsDone),
      reports.map((report) => report.unitsCached),
    ],
  );
  return new Set(rows.map((row) => row.claim));
}

/** The tasks of one stage, added up. */
export interface StageTally {
  readonly stage: StageName;
  readonly total: number;
  readonly running: number;
  readonly done: number;
  /** Done, and found stored. */
  readonly cached: number;
  /** Estimated seconds of all its work, found results left out. */
  readonly workSeconds: number;
  /** Estimated seconds of that which are done. */
  readonly doneSeconds: number;
  /** As people count them; null when a task of the stage does not say. */
  readonly units: number | null;
  readonly unitsDone: number;
  readonly unitsCached: number;
  /** How much video these units are. */
  readonly videoSeconds: number;
}

export async function tallyStages(database: Queryable, jobId: string): Promise<readonly StageTally[]> {
  return database.query<StageTally>(
    `SELECT stage,
       count(*)::integer AS total,
       (count(*) FILTER (WHERE state = 'running'))::integer AS running,
       (count(*) FILTER (WHERE state = 'done'))::integer AS done,
       (count(*) FILTER (WHERE state = 'done' AND cached))::integer AS cached,
       coalesce(sum(${newSeconds}) FILTER (WHERE NOT cached), 0)::double precision AS "workSeconds",
       coalesce(sum(${newSeconds} * fraction) FILTER (WHERE NOT cached), 0)::double precision AS "doneSeconds",
       CASE WHEN bool_and(units IS NOT NULL) THEN sum(units)::integer END AS units,
       sum(units_done)::integer AS "unitsDone",
       sum(units_cached)::integer AS "unitsCached",
       coalesce(sum(video_seconds), 0)::double precision AS "videoSeconds"
     FROM aura.task WHERE job_id = $1 GROUP BY stage`,
    [jobId],
  );
}

/** What is found stored within a task counts for nothing, like a stored task. */
const newSeconds = 'work_seconds * (1 - units_cached / greatest(units, units_cached, 1)::double precision)';

const columns = {
  state: 'state',
  fraction: 'fraction',
  cached: 'cached',
  output: 'output',
  failures: 'failures',
  deliveries: 'deliveries',
  messageId: 'message_id',
  claim: 'claim',
  unitsDone: 'units_done',
  unitsCached: 'units_cached',
} as const satisfies Record<keyof TaskChange, string>;

const selectTasks = `SELECT name, stage, label, work_seconds AS "workSeconds", model_seconds AS "modelSeconds", units,
  video_seconds AS "videoSeconds", input, state, fraction, cached, output,
  failures, deliveries, message_id AS "messageId", claim FROM aura.task`;
