import { isTerminal, type Job } from '../../protocol/index.ts';
import { type Append, appendEvents, insertWebhookMessage, type Queryable } from '../../store/index.ts';
import type { EngineContext } from '../context.ts';

/** Appends events which may end the job, and in the same transaction orders that its webhook is told of the end. */
export async function appendAndTell(
  context: EngineContext,
  transaction: Queryable,
  append: Append,
): Promise<Job> {
  const state = await appendEvents(transaction, append);
  if (!isTerminal(state.status)) return state;
  const due = await insertWebhookMessage(transaction, state, append.now);
  if (due !== undefined) await context.queue.webhooks.send(transaction, due);
  return state;
}
