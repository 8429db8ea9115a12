import { setImmediate } from 'node:timers/promises';

/**
 * Reads for many who ask for the same: those who ask in the same turn of the event loop, or while the same is being read
 * for others, share the next reading. It begins after the last of them asked, so none gets an answer older than what
 * it was told, and there is one reading of a thing at a time, however many ask.
 */
export function createSharedReads<Asked, Answer>(options: {
  /** The same for who may share. */
  readonly keyOf: (asked: Asked) => string;
  readonly read: (asked: Asked) => Promise<Answer>;
}): (asked: Asked) => Promise<Answer> {
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Answer>>();

  const begin = (key: string, asked: Asked): Promise<Answer> => {
    next.delete(key);
    const reading = options.read(asked);
    const ended = reading
      .catch(() => {})
      .then(() => {
        if (running.get(key) === ended) running.delete(key);
      });
    running.set(key, ended);
    return reading;
  };
  return (asked) => {
    const key = options.keyOf(asked);
    const known = next.get(key);
    if (known !== undefined) return known;
    const reading = (running.get(key) ?? setImmediate()).then(() => begin(key, asked));
    next.set(key, reading);
    return reading;
  };
}
