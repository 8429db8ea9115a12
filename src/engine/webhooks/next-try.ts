interface FailedTry {
  /** Tries so far. */
  readonly tries: number;
  readonly createdAt: Date;
  readonly now: Date;
  /** From 0 to 1. */
  readonly random: number;
  readonly firstDelaySeconds: number;
  /** What the receiver asked for: `Retry-After`; 0 without. */
  readonly retryAfterSeconds: number;
}

const factor = 3;
const longestDelaySeconds = 4 * 3_600;
/** The longest pause that a receiver can ask for. */
const longestAskedSeconds = 3_600;
/** How long a receiver may be away. */
const totalSeconds = 24 * 3_600;

/**
 * When a webhook is tried again: after 5 s, 15 s, 45 s and so on up to every four hours, each a fifth more or less so that
 * many do not come in step; later when the receiver asks for it, by up to an hour, but never sooner. The last try is a day after the job's end; undefined after that.
 */
export function nextTry(failed: FailedTry): Date | undefined {
  const { tries, createdAt, now, random, firstDelaySeconds, retryAfterSeconds } = failed;
  const end = createdAt.getTime() + totalSeconds * 1_000;
  if (now.getTime() >= end) return undefined;
  const whole = Math.min(longestDelaySeconds, firstDelaySeconds * factor ** (tries - 1));
  const ownSeconds = whole * (0.8 + random * 0.4);
  const delaySeconds = Math.max(ownSeconds, Math.min(retryAfterSeconds, longestAskedSeconds));
  return new Date(Math.min(now.getTime() + delaySeconds * 1_000, end));
}
