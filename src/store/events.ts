import {
  type Job,
  type JobEvent,
  type JobEventKind,
  type NewJobEvent,
  reduceJob,
} from '../protocol/index.ts';
import type { Queryable } from './database.ts';
import { eventChannel } from './event-channel.ts';

export interface Append {
  readonly jobId: string;
  /** The job as locked by this transaction; undefined before its first event. */
  readonly state: Job | undefined;
  readonly events: readonly NewJobEvent[];
  /** When it happens. */
  readonly now: Date;
}

/**
 * The one place that writes a job's events: numbers them, folds them into the job's state and tells the listeners. The
 * transaction holds the job's row (`lockJob`), so numbers are handed out in the order in which they become visible.
 *
 * @returns the state after the last event.
 */
export async function appendEvents(transaction: Queryable, append: Append): Promise<Job> {
  const before = append.state?.seq ?? 0;
  const at = append.now.toISOString();
  const events = append.events.map((event, index): JobEvent => ({ ...event, seq: before + index + 1, at }));
  const state = fold(append.state, events);
  let attempt = append.state?.attempt ?? 1;
  for (const event of events) {
    if (event.kind === 'retried') attempt = event.attempt;
    await insertEvent(transaction, append.jobId, attempt, event);
  }
  await transaction.query(
    'UPDATE aura.job SET event_seq = $2, status = $3, attempt = $4, state = $5 WHERE id = $1',
    [append.jobId, state.seq, state.status, state.attempt, JSON.stringify(state)],
  );
  await transaction.query('SELECT pg_notify($1, $2)', [eventChannel, `${append.jobId}:${state.seq}`]);
  return state;
}

export interface EventPage {
  /** Number of the last event already seen; 0 for all. */
  readonly after: number;
  readonly limit?: number;
}

/** The events of a job after a position, in order. */
export async function readEvents(
  database: Queryable,
  jobId: string,
  { after, limit = 1_000 }: EventPage,
): Promise<readonly JobEvent[]> {
  const rows = await database.query<EventRow>(
    'SELECT seq, kind, data, at FROM aura.event WHERE job_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    [jobId, after, limit],
  );
  return rows.map(toEvent);
}

interface EventRow {
  readonly seq: number;
  readonly kind: JobEventKind;
  readonly data: object;
  readonly at: Date;
}

/** @throws {RangeError} for an empty list on a job that does not exist yet, and whatever `reduceJob` throws. */
function fold(state: Job | undefined, events: readonly JobEvent[]): Job {
  const folded = events.reduce<Job | undefined>(reduceJob, state);
  if (folded === undefined) throw new RangeError('a job without events has no state');
  return folded;
}

async function insertEvent(
  transaction: Queryable,
  jobId: string,
  attempt: number,
  event: JobEvent,
): Promise<void> {
  const { seq, kind, at, ...data } = event;
  await transaction.query(
    'INSERT INTO aura.event (job_id, seq, attempt, kind, data, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [jobId, seq, attempt, kind, JSON.stringify(data), at],
  );
}

function toEvent({ seq, kind, data, at }: EventRow): JobEvent {
  // Proven by insertEvent, the only writer: kind and data were taken from a JobEvent.
  return { ...data, kind, seq, at: at.toISOString() } as JobEvent;
}
