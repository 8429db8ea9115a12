interface NewestOnly<Value> {
  /** Nothing is offered any more once it aborts. */
  readonly signal: AbortSignal;
  /** The least time between two values of one key. */
  readonly intervalMilliseconds: number;
  /** Takes a value; false when it cannot be taken now. */
  offer(key: string, value: Value): boolean;
}

/**
 * Passes values on, for each key the newest only: what comes too fast, or while it cannot be taken, is replaced by what
 * comes next.
 */
export function createNewestOnly<Value>(options: NewestOnly<Value>): {
  put(key: string, value: Value): void;
} {
  const { signal, intervalMilliseconds, offer } = options;
  const waiting = new Map<string, Value>();
  let timer: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });

  const flush = () => {
    timer = undefined;
    if (waiting.size === 0 || signal.aborted) return;
    for (const [key, value] of waiting) {
      if (!offer(key, value)) break;
      waiting.delete(key);
    }
    timer = setTimeout(flush, intervalMilliseconds);
  };
  return {
    put(key, value) {
      waiting.set(key, value);
      if (timer === undefined) flush();
    },
  };
}
