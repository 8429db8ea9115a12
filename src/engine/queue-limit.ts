import { AuraError } from '../protocol/index.ts';
import { measureQueue, type Queryable } from '../store/index.ts';
import type { EngineContext } from './context.ts';

/**
 * Refuses a job that has just joined the queue when that is full.
 *
 * @throws {AuraError} queue_full, with the time after which the next of the running jobs is expected to make room.
 */
export async function refuseWhenFull(
  { maxQueued }: Pick<EngineContext, 'maxQueued'>,
  transaction: Queryable,
): Promise<void> {
  const { waiting, nextEndSeconds } = await measureQueue(transaction);
  const others = waiting - 1;
  if (others < maxQueued) return;
  const expected = Math.ceil(nextEndSeconds ?? unknownSeconds);
  const retryAfterSeconds = Math.min(Math.max(expected, 1), longestSeconds);
  const detail = `${others} jobs are waiting, and ${maxQueued} may. Room is expected in about ${retryAfterSeconds} s.`;
  throw new AuraError('queue_full', detail, { retryAfterSeconds });
}

/** When nobody knows when a job will end. */
const unknownSeconds = 30;

/** Estimates further ahead are not worth waiting out without asking again. */
const longestSeconds = 600;
