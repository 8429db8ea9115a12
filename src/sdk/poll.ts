import { askBeside } from './ask-beside.ts';
import { canHelpToRetry, report, type Session, type Watch, withOwn } from './watching.ts';

/** @throws {AuraError} when the server refuses for good; a server that cannot be reached is only reported. */
export async function* poll<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Known, void, undefined> {
  try {
    const known = await watch.source.ask(session.known, signal);
    report(watch, session, 'polling');
    if (known === undefined) return;
    session.known = known;
    yield known;
  } catch (error) {
    signal?.throwIfAborted();
    if (!canHelpToRetry(error)) throw error;
    report(watch, session, 'offline');
  }
}

/** Asks again and again while a stream keeps silent: until what is awaited settles. */
export function pollBeside<Known>(
  watch: Watch<Known>,
  session: Session<Known>,
  awaited: Promise<unknown>,
): AsyncGenerator<Known, void, undefined> {
  const { quietSeconds, pollSeconds } = watch.timing;
  return askBeside({
    awaited,
    firstSeconds: session.isHeldBack ? pollSeconds : quietSeconds,
    everySeconds: pollSeconds,
    ask: (signal) => poll(watch, session, withOwn(watch, signal)),
  });
}
