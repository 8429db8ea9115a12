import { pause } from './backoff.ts';

interface Asking<Answer> {
  /** What is waited for. When it settles, in whatever way, the asking is over and what it is about at that moment is dropped. */
  readonly awaited: Promise<unknown>;
  /** How long nothing is asked. */
  readonly firstSeconds: number;
  /** Between an answer and the next question. */
  readonly everySeconds: number;
  /** The signal aborts when the answer is not wanted any more. */
  ask(signal: AbortSignal): AsyncIterable<Answer>;
}

/** Asks again and again while something else is waited for, and yields what comes of it. @throws what `ask` throws. */
export async function* askBeside<Answer>(asking: Asking<Answer>): AsyncGenerator<Answer, void, undefined> {
  const { awaited, firstSeconds, everySeconds, ask } = asking;
  const settled = new AbortController();
  const settle = () => settled.abort();
  awaited.then(settle, settle);
  try {
    for (let seconds = firstSeconds; ; seconds = everySeconds) {
      await pause(seconds, settled.signal);
      yield* ask(settled.signal);
    }
  } catch (error) {
    if (!settled.signal.aborted) throw error;
  }
}
