import { AuraError, errorTable, isTerminal, type Job, jobSchema } from '../protocol/index.ts';
import { backoffSeconds, pause } from './backoff.ts';
import { openEventStream } from './event-stream.ts';
import { adopt, foldMessage, type Known, UnreadableMessage } from './fold.ts';
import type { Http } from './http.ts';

/** How a watcher hears of its job: by the stream, by asking every few seconds, or not at all at the moment. */
export type Connection = 'live' | 'polling' | 'offline';

export interface WatchOptions {
  /** Ends the watching at once; the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the way of hearing changes. */
  readonly onConnection?: ((connection: Connection) => void) | undefined;
}

export interface WatchTiming {
  /** Silence after which a connection counts as dead, in seconds. The server's heartbeat comes every 10 s. */
  readonly silenceSeconds: number;
  /** Pause before the first reconnect, in seconds, until the server says otherwise. */
  readonly retrySeconds: number;
}

export const defaultTiming: WatchTiming = { silenceSeconds: 25, retrySeconds: 0.5 };

interface Watch extends WatchOptions {
  readonly http: Http;
  readonly jobId: string;
  readonly timing: WatchTiming;
}

/**
 * Follows a job to its end: yields its state whenever it changes, the terminal state last and once. Reconnects by
 * itself and asks for the state meanwhile, for as long as trying again can help.
 *
 * @throws {AuraError} when the server refuses for good, e.g. job_not_found.
 */
export async function* watchJob(watch: Watch): AsyncGenerator<Job, void, undefined> {
  const { retrySeconds } = watch.timing;
  const session: Session = { known: undefined, failures: 0, retrySeconds, hasEnded: false };
  let yielded = '';
  for (;;) {
    watch.signal?.throwIfAborted();
    for await (const { shown } of round(watch, session)) {
      // Somebody runs it again already: that is another story.
      if (session.hasEnded && !isTerminal(shown.status)) return;
      const text = JSON.stringify(shown);
      if (text !== yielded) yield shown;
      yielded = text;
      session.hasEnded = isTerminal(shown.status);
    }
    // Only now: the server closes the stream after the end, and a browser calls one that we cut a failed request.
    if (session.hasEnded) return;
    const { failures, retrySeconds: firstSeconds } = session;
    await pause(backoffSeconds({ failures, firstSeconds, random: Math.random() }), watch.signal);
  }
}

/** How long a server may take to close the stream after the end of the job, in seconds. */
const closingSeconds = 2;

/** What is kept from one connection to the next. */
interface Session {
  known: Known | undefined;
  /** Connections in a row that brought nothing new or nothing readable. */
  failures: number;
  retrySeconds: number;
  /** The terminal state was given. */
  hasEnded: boolean;
  connection?: Connection;
}

/** One connection, and one question when it could not be made. */
async function* round(watch: Watch, session: Session): AsyncGenerator<Known, void, undefined> {
  try {
    yield* stream(watch, session);
  } catch (error) {
    watch.signal?.throwIfAborted();
    if (!canHelpToRetry(error)) throw error;
    session.failures += 1;
    yield* poll(watch, session);
  }
}

async function* stream(watch: Watch, session: Session): AsyncGenerator<Known, void, undefined> {
  const messages = await openEventStream({
    http: watch.http,
    path: `${pathOf(watch)}/events`,
    lastEventId: session.known && String(session.known.job.seq),
    silenceSeconds: () => (session.hasEnded ? closingSeconds : watch.timing.silenceSeconds),
    signal: watch.signal,
    onRetryHint: (seconds) => {
      session.retrySeconds = seconds;
    },
  });
  // Nothing left to send, though the end is not known here: ask.
  if (messages === undefined) throw new AuraError('server_unreachable', 'The event stream has ended.');
  let hasBrought = false;
  try {
    for await (const message of messages) {
      session.known = foldMessage(session.known, message);
      hasBrought = true;
      session.failures = 0;
      report(watch, session, 'live');
      if (session.known !== undefined) yield session.known;
    }
  } catch (error) {
    // A cut is mended by connecting again; a message that cannot be folded in, only by the whole state.
    if (hasBrought && !(error instanceof UnreadableMessage) && canHelpToRetry(error)) return;
    throw error;
  }
  if (!hasBrought) session.failures += 1;
}

/** @throws {AuraError} when the server refuses for good; a server that cannot be reached is only reported. */
async function* poll(watch: Watch, session: Session): AsyncGenerator<Known, void, undefined> {
  try {
    const job = await watch.http.json({ path: pathOf(watch), schema: jobSchema, signal: watch.signal });
    report(watch, session, 'polling');
    if (job.seq < (session.known?.job.seq ?? 0)) return;
    session.known = adopt(session.known, job);
    yield session.known;
  } catch (error) {
    watch.signal?.throwIfAborted();
    if (!canHelpToRetry(error)) throw error;
    report(watch, session, 'offline');
  }
}

function report(watch: Watch, session: Session, connection: Connection): void {
  if (session.connection === connection) return;
  session.connection = connection;
  watch.onConnection?.(connection);
}

function canHelpToRetry(error: unknown): boolean {
  return (
    error instanceof UnreadableMessage || (error instanceof AuraError && errorTable[error.code].retryable)
  );
}

function pathOf({ jobId }: Watch): string {
  return `/api/jobs/${encodeURIComponent(jobId)}`;
}
