/** Longest pause between two tries, in seconds, unless the server asks for more. */
const usualLongestSeconds = 10;
/** The most a server can ask for. */
const utmostSeconds = 60;

/**
 * How long to pause before the next try, in seconds. After a good connection almost none: anything up to `firstSeconds`. Then
 * that, doubled with every failure, of which somewhere between half and all is waited, so that many clients of one restarted
 * server do not come back in step.
 */
export function backoffSeconds(input: {
  /** Tries in a row that brought nothing. */
  readonly failures: number;
  /** Longest pause after none of them. */
  readonly firstSeconds: number;
  /** What the server would like to lie between two tries (`retry:`): as far apart are those that keep failing. */
  readonly retryHintSeconds: number | undefined;
  /** From 0 to 1. */
  readonly random: number;
}): number {
  const { failures, firstSeconds, retryHintSeconds = 0, random } = input;
  if (failures === 0) return firstSeconds * random;
  const longestSeconds = Math.min(utmostSeconds, Math.max(usualLongestSeconds, retryHintSeconds));
  return Math.min(longestSeconds, firstSeconds * 2 ** failures) * (0.5 + random / 2);
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
