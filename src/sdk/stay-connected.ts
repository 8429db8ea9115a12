import type { EventSourceMessage } from 'eventsource-parser';
import { AuraError, errorTable } from '../protocol/index.ts';
import { backoffSeconds, pause } from './backoff.ts';
import { openEventStream } from './event-stream.ts';
import { UnreadableMessage } from './fold.ts';
import type { Http } from './http.ts';

/** How a watcher hears of what it watches: by the stream, by asking every few seconds, or not at all at the moment. */
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

/** What is watched, and how what comes of it is understood. */
export interface Source<Known> {
  /** Of the event stream. */
  readonly path: string;
  /** Where a stream goes on for a client that knows this much; undefined to get all of it again. */
  position(known: Known): string | undefined;
  /** Takes a message in. @throws {UnreadableMessage} when only the whole state can help. */
  fold(known: Known | undefined, message: EventSourceMessage): Known | undefined;
  /** Asks for the whole state, while the stream cannot be had. Undefined when it brings nothing new. */
  ask(known: Known | undefined): Promise<Known | undefined>;
  /** Nothing comes after this but the end of the stream. */
  hasEnded(known: Known): boolean;
}

interface Watch<Known> extends WatchOptions {
  readonly http: Http;
  readonly timing: WatchTiming;
  readonly source: Source<Known>;
}

/**
 * Yields what is known after each message, to the end. Reconnects by itself and asks for the state meanwhile, for as long
 * as trying again can help.
 *
 * @throws {AuraError} when the server refuses for good, e.g. job_not_found.
 */
export async function* stayConnected<Known>(watch: Watch<Known>): AsyncGenerator<Known, void, undefined> {
  const session: Session<Known> = { known: undefined, failures: 0, retrySeconds: watch.timing.retrySeconds };
  for (;;) {
    watch.signal?.throwIfAborted();
    yield* round(watch, session);
    // Only now: the server closes the stream after the end, and a browser calls one that we cut a failed request.
    if (hasEnded(watch, session)) return;
    const { failures, retrySeconds: firstSeconds } = session;
    await pause(backoffSeconds({ failures, firstSeconds, random: Math.random() }), watch.signal);
  }
}

/** How long a server may take to close the stream after the end, in seconds. */
const closingSeconds = 2;

/** What is kept from one connection to the next. */
interface Session<Known> {
  known: Known | undefined;
  /** Connections in a row that brought nothing new or nothing readable. */
  failures: number;
  retrySeconds: number;
  connection?: Connection;
}

function hasEnded<Known>({ source }: Watch<Known>, { known }: Session<Known>): boolean {
  return known !== undefined && source.hasEnded(known);
}

/** One connection, and one question when it could not be made. */
async function* round<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
): AsyncGenerator<Known, void, undefined> {
  try {
    yield* stream(watch, session);
  } catch (error) {
    watch.signal?.throwIfAborted();
    if (!canHelpToRetry(error)) throw error;
    session.failures += 1;
    yield* poll(watch, session);
  }
}

async function* stream<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
): AsyncGenerator<Known, void, undefined> {
  const messages = await openEventStream({
    http: watch.http,
    path: watch.source.path,
    lastEventId: session.known && watch.source.position(session.known),
    silenceSeconds: () => (hasEnded(watch, session) ? closingSeconds : watch.timing.silenceSeconds),
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
      session.known = watch.source.fold(session.known, message);
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
async function* poll<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
): AsyncGenerator<Known, void, undefined> {
  try {
    const known = await watch.source.ask(session.known);
    report(watch, session, 'polling');
    if (known === undefined) return;
    session.known = known;
    yield known;
  } catch (error) {
    watch.signal?.throwIfAborted();
    if (!canHelpToRetry(error)) throw error;
    report(watch, session, 'offline');
  }
}

function report<Known>(watch: Watch<Known>, session: Session<Known>, connection: Connection): void {
  if (session.connection === connection) return;
  session.connection = connection;
  watch.onConnection?.(connection);
}

function canHelpToRetry(error: unknown): boolean {
  return (
    error instanceof UnreadableMessage || (error instanceof AuraError && errorTable[error.code].retryable)
  );
}
