import { randomUUID } from 'node:crypto';
import type { Job, Webhook, WebhookLog, WebhookMessage } from '../protocol/index.ts';
import type { Queryable } from './database.ts';

export async function insertWebhook(transaction: Queryable, jobId: string, webhook: Webhook): Promise<void> {
  await transaction.query('INSERT INTO aura.webhook (job_id, url, secret) VALUES ($1, $2, $3)', [
    jobId,
    webhook.url,
    webhook.secret ?? null,
  ]);
}

/** A try that is due: names a message and the queue's message that stands for the try. */
export interface DueTry {
  readonly id: string;
  readonly queueId: string;
}

/** Writes what is to be posted about a job that has just ended; undefined when nobody asked to be told. */
export async function insertWebhookMessage(
  transaction: Queryable,
  job: Job,
  now: Date,
): Promise<DueTry | undefined> {
  const type = `job.${job.status}`;
  const body = JSON.stringify({ type, timestamp: job.finishedAt, data: job });
  const rows = await transaction.query<DueTry>(
    `INSERT INTO aura.webhook_message (id, job_id, attempt, type, body, created_at, next_try_at, queue_id)
     SELECT $2, job_id, $3, $4, $5, $6, $6, $7 FROM aura.webhook WHERE job_id = $1
     RETURNING id, queue_id AS "queueId"`,
    [job.id, randomUUID(), job.attempt, type, body, now, randomUUID()],
  );
  return rows[0];
}

export interface PendingMessage extends Webhook {
  readonly id: string;
  readonly jobId: string;
  readonly body: string;
  readonly createdAt: Date;
  readonly tries: number;
}

/** The message a try is for; undefined when it was delivered, given up or deleted, or when the try is a duplicate. */
export async function readPendingMessage(
  database: Queryable,
  { id, queueId }: DueTry,
): Promise<PendingMessage | undefined> {
  const rows = await database.query<PendingMessage>(
    `SELECT message.id, message.job_id AS "jobId", message.body, message.created_at AS "createdAt", webhook.url,
       webhook.secret,
       (SELECT count(*)::integer FROM aura.webhook_try WHERE message_id = message.id) AS tries
     FROM aura.webhook_message AS message JOIN aura.webhook ON webhook.job_id = message.job_id
     WHERE message.id = $1 AND message.queue_id = $2 AND message.state = 'pending'`,
    [id, queueId],
  );
  return rows[0];
}

/** How a try ended, and what follows. */
export interface Tried {
  readonly at: Date;
  readonly tookMs: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly state: WebhookMessage['state'];
  readonly nextTryAt: Date | null;
}

/** Writes a try down; undefined when another one was quicker. @returns the next try, when there is to be one. */
export async function recordTry(
  transaction: Queryable,
  due: DueTry,
  { state, nextTryAt, ...tried }: Tried,
): Promise<DueTry | undefined> {
  const rows = await transaction.query<DueTry>(
    `UPDATE aura.webhook_message SET state = $3, next_try_at = $4, queue_id = $5
     WHERE id = $1 AND queue_id = $2 AND state = 'pending' RETURNING id, queue_id AS "queueId"`,
    [due.id, due.queueId, state, nextTryAt, randomUUID()],
  );
  if (rows[0] === undefined) return undefined;
  await transaction.query(
    `INSERT INTO aura.webhook_try (message_id, number, at, took_ms, status, error)
     SELECT $1, count(*) + 1, $2, $3, $4, $5 FROM aura.webhook_try WHERE message_id = $1`,
    [due.id, tried.at, tried.tookMs, tried.status, tried.error],
  );
  return state === 'pending' ? rows[0] : undefined;
}

/** Which tries are due, and when: all that are pending. */
export async function readPendingTries(
  database: Queryable,
): Promise<readonly (DueTry & { readonly nextTryAt: Date })[]> {
  return database.query(
    `SELECT id, queue_id AS "queueId", next_try_at AS "nextTryAt" FROM aura.webhook_message WHERE state = 'pending'`,
  );
}

/** Everything that was posted about a job, newest message last. */
export async function readWebhookLog(database: Queryable, jobId: string): Promise<WebhookLog> {
  const [webhook] = await database.query<{ url: string; secret: string | null }>(
    'SELECT url, secret FROM aura.webhook WHERE job_id = $1',
    [jobId],
  );
  // In one statement, so that a message and its tries are of one moment.
  const rows = await database.query<MessageRow & (TryRow | NoTry)>(
    `SELECT message.id, type, attempt, state, created_at, next_try_at, at, took_ms, status, error
     FROM aura.webhook_message AS message LEFT JOIN aura.webhook_try AS try ON try.message_id = message.id
     WHERE job_id = $1 ORDER BY attempt, number`,
    [jobId],
  );
  return {
    webhook: webhook === undefined ? null : { url: webhook.url, isSigned: webhook.secret !== null },
    messages: [...Map.groupBy(rows, ({ id }) => id).values()].flatMap(toMessage),
  };
}

interface MessageRow extends Pick<WebhookMessage, 'id' | 'type' | 'attempt' | 'state'> {
  readonly created_at: Date;
  readonly next_try_at: Date | null;
}

interface TryRow {
  readonly at: Date;
  readonly took_ms: number;
  readonly status: number | null;
  readonly error: string | null;
}

/** Of a message that was not tried yet. */
interface NoTry {
  readonly at: null;
}

/** @param rows One for each try, or one without. */
function toMessage(rows: readonly (MessageRow & (TryRow | NoTry))[]): WebhookMessage[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { id, type, attempt, state, created_at, next_try_at } = first;
  return [
    {
      ...{ id, type, attempt, state },
      createdAt: created_at.toISOString(),
      nextTryAt: next_try_at?.toISOString() ?? null,
      tries: rows.flatMap((row) =>
        row.at === null
          ? []
          : [{ at: row.at.toISOString(), tookMs: row.took_ms, status: row.status, error: row.error }],
      ),
    },
  ];
}
