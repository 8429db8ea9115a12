import { AuraError } from '../protocol/index.ts';
import { type LockedJob, lockJob, type Queryable } from '../store/index.ts';

/** Holds a job for the transaction. @throws {AuraError} job_not_found. */
export async function lockExisting(transaction: Queryable, jobId: string): Promise<LockedJob> {
  const job = await lockJob(transaction, jobId);
  if (job === undefined) throw new AuraError('job_not_found', `There is no job with the id ${jobId}.`);
  return job;
}
