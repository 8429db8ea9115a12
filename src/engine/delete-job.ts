import { AuraError, isTerminal } from '../protocol/index.ts';
import { deleteJobRow, removeReleasedBlobs } from '../store/index.ts';
import type { EngineContext } from './context.ts';
import { lockExisting } from './lock-existing.ts';

/**
 * Removes an ended job: its log, its tasks, its picture, and the stored results that no other job uses. What was uploaded
 * stays.
 *
 * @throws {AuraError} job_not_found; job_not_finished.
 */
export async function deleteJob(context: EngineContext, jobId: string): Promise<void> {
  await context.database.transaction(async (transaction) => {
    const { state } = await lockExisting(transaction, jobId);
    const { status: jobStatus } = state;
    if (!isTerminal(jobStatus)) {
      throw new AuraError('job_not_finished', `The job is ${jobStatus}.`, { jobStatus });
    }
    await deleteJobRow(transaction, jobId);
  });
  await context.files.removePreview(jobId);
  await removeUnusedFiles(context);
}

/** Removes the stored results that deleted jobs were made with, also those that an earlier process did not come to. */
export async function removeUnusedFiles({ database, files, logger }: EngineContext): Promise<void> {
  const count = await removeReleasedBlobs(database, files.removeBlob);
  if (count > 0) logger.info({ count }, 'stored results that no job uses were removed');
}
