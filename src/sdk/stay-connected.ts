import { AuraError } from '../protocol/index.ts';
import { backoffSeconds, pause } from './backoff.ts';
import { openEventStream } from './event-stream.ts';
import { UnreadableMessage } from './fold.ts';
import { poll, pollBeside } from './poll.ts';
import { canHelpToRetry, hasEnded, report, type Session, type Watch, withOwn } from './watching.ts';

/**
 * Yields what is known after each message, to the end. Reconnects by itself and asks for the state meanwhile, for as long
 * as trying again can help.
 *
 * @throws {AuraError} when the server refuses for good, e.g. job_not_found.
 */
export async function* stayConnected<Known>(watch: Watch<Known>): AsyncGenerator<Known, void, undefined> {
  const session: Session<Known> = {
    known: undefined,
    failures: 0,
    retryHintSeconds: undefined,
    isHeldBack: false,
  };
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
    yield* poll(watch, session, watch.signal);
  }
}

/** A connection, and for as long as nothing comes of it what asking brings. */
async function* stream<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
): AsyncGenerator<Known, void, undefined> {
  const before = session.known;
  const line = new AbortController();
  const messages = open(watch, session, line.signal);
  let isUpToDate = false;
  try {
    for await (const known of pollBeside(watch, session, messages)) {
      yield known;
      if (hasEnded(watch, session)) return;
    }
    isUpToDate = session.known === before;
  } finally {
    if (!isUpToDate) line.abort();
  }
  session.isHeldBack = !isUpToDate;
  if (isUpToDate) return yield* read(watch, session, await messages);
  // What it has to say is older than the answers: the next one begins behind them.
  session.failures = 0;
}

async function* read<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
  messages: Awaited<ReturnType<typeof openEventStream>>,
): AsyncGenerator<Known, void, undefined> {
  // Nothing left to send, though the end is not known here: ask.
  if (messages === undefined) throw new AuraError('server_unreachable', 'The event stream has ended.');
  report(watch, session, 'live');
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

function open<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
  signal: AbortSignal,
): ReturnType<typeof openEventStream> {
  const { http, source, timing } = watch;
  let firstHeardAt: number | undefined;
  return openEventStream({
    http,
    path: source.path,
    lastEventId: session.known && source.position(session.known),
    silenceSeconds: () => (hasEnded(watch, session) ? closingSeconds : timing.silenceSeconds),
    signal: withOwn(watch, signal),
    onRetryHint: (seconds) => {
      session.retryHintSeconds = seconds;
    },
    onHeard() {
      firstHeardAt ??= performance.now();
      if (performance.now() - firstHeardAt >= steadySeconds * 1_000) session.failures = 0;
    },
  });
}
