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
  /** Longest pause before the first reconnect, in seconds; the next ones come ever later. */
  readonly retrySeconds: number;
}

export const defaultTiming: WatchTiming = { silenceSeconds: 25, retrySeconds: 0.25 };

/** What is watched, and how what comes of it is understood. */
export interface Source<Known> {
  /** Of the event stream. */
  readonly path: string;
  /** Where a stream goes on for a client that knows this much; undefined to get all of it again. */
  position(known: Known): string | undefined;
  /** Takes a message in. @throws {UnreadableMessage} when only the whole state can help. */
  fold(known: Known | undefined, message: EventSourceMessage): Known | undefined;
  /** Whether there is more in it than was known. Each of these pays for a quick reconnect, so they must come to an end. */
  isNews(before: Known | undefined, now: Known): boolean;
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
  const session: Session<Known> = { known: undefined, failures: 0, retryHintSeconds: undefined };
  for (;;) {
    watch.signal?.throwIfAborted();
    yield* round(watch, session);
    // Only now: the server closes the stream after the end, and a browser calls one that we cut a failed request.
    if (hasEnded(watch, session)) return;
    const { failures, retryHintSeconds } = session;
    const firstSeconds = watch.timing.retrySeconds;
    const random = Math.random();
    await pause(backoffSeconds({ failures, firstSeconds, retryHintSeconds, random }), watch.signal);
  }
}

/** How long a server may take to close the stream after the end, in seconds. */
const closingSeconds = 2;
/** A connection on which something is heard for longer is a good one, even if it has nothing new to tell. */
const steadySeconds = 1;

/** What is kept from one connection to the next. */
interface Session<Known> {
  known: Known | undefined;
  /** Connections since the last good one, the present one included: none while it is a good one. */
  failures: number;
  retryHintSeconds: number | undefined;
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
  session.failures += 1;
  try {
    yield* stream(watch, session);
  } catch (error) {
    watch.signal?.throwIfAborted();
    if (!canHelpToRetry(error)) throw error;
    yield* poll(watch, session);
  }
}

async function* stream<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
): AsyncGenerator<Known, void, undefined> {
  const messages = await open(watch, session);
  // Nothing left to send, though the end is not known here: ask.
  if (messages === undefined) throw new AuraError('server_unreachable', 'The event stream has ended.');
  let hasBrought = false;
  try {
    for await (const message of messages) {
      const before = session.known;
      session.known = watch.source.fold(before, message);
      hasBrought = true;
      if (session.known === undefined) continue;
      if (watch.source.isNews(before, session.known)) session.failures = 0;
      yield session.known;
    }
  } catch (error) {
    // A message that cannot be folded in is made good only by the whole state.
    if (error instanceof UnreadableMessage || !canHelpToRetry(error)) throw error;
  }
  // A cut of a line that works is mended by connecting again; one that brings nothing may go on like that: ask.
  if (hasBrought || session.failures === 0) return;
  throw new AuraError('server_unreachable', 'The event stream brought nothing.');
}

function open<Known>(watch: Watch<Known>, session: Session<Known>): ReturnType<typeof openEventStream> {
  const { http, source, timing, signal } = watch;
  let firstHeardAt: number | undefined;
  return openEventStream({
    http,
    path: source.path,
    lastEventId: session.known && source.position(session.known),
    silenceSeconds: () => (hasEnded(watch, session) ? closingSeconds : timing.silenceSeconds),
    signal,
    onRetryHint: (seconds) => {
      session.retryHintSeconds = seconds;
    },
    onHeard() {
      report(watch, session, 'live');
      firstHeardAt ??= performance.now();
      if (performance.now() - firstHeardAt >= steadySeconds * 1_000) session.failures = 0;
    },
  });
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
