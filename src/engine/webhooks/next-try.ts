interface FailedTry {
  /** Tries so far. */
  readonly tries: number;
  readonly createdAt: Date;
  readonly now: Date;
  /** From 0 to 1. */
  readonly random: number;
  readonly firstDelaySeconds: number;
}

const factor = 3;
const longestDelaySeconds = 4 * 3_600;
/** How long a receiver may be away. */
const totalSeconds = 24 * 3_600;

/**
 * When a webhook is tried again: after 5 s, 15 s, 45 s and so on up to every four hours, each a fifth more or less so that
 * many do not come in step. The last try is a day after the job's end; undefined after that.
 */
export function nextTry({ tries, createdAt, now, random, firstDelaySeconds }: FailedTry): Date | undefined {
  const end = createdAt.getTime() + totalSeconds * 1_000;
  if (now.getTime() >= end) return undefined;
  const whole = Math.min(longestDelaySeconds, firstDelaySeconds * factor ** (tries - 1));
  const delaySeconds = whole * (0.8 + random * 0.4);
  return new Date(Math.min(now.getTime() + delaySeconds * 1_000, end));
}
