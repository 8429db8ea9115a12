/** Longest pause between two tries, in seconds. */
const longestSeconds = 10;

/**
 * How long to pause before the next try, in seconds: doubled with every failure, and somewhere between half of that
 * and all of it, so that many clients of one restarted server do not come back in step.
 */
export function backoffSeconds(input: {
  /** Tries in a row that brought nothing. */
  readonly failures: number;
  /** Pause after none of them. */
  readonly firstSeconds: number;
  /** From 0 to 1. */
  readonly random: number;
}): number {
  const whole = Math.min(longestSeconds, input.firstSeconds * 2 ** input.failures);
  return whole * (0.5 + input.random / 2);
}

/** Ends after the given time. @throws the signal's reason, at once, when it aborts. */
export function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1000);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
