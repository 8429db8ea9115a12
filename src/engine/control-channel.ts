import type { Queryable } from '../store/index.ts';

/**
 * On this channel workers are told to look at once whether their tasks of a job (its id is the payload) should still run.
 * They look every second anyway.
 */
export const controlChannel = 'aura_control';

export async function tellWorkers(transaction: Queryable, jobId: string): Promise<void> {
  await transaction.query('SELECT pg_notify($1, $2)', [controlChannel, jobId]);
}
