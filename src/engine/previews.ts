import type { WorkerContext } from './context.ts';
import type { Run } from './live-reports.ts';

interface Preview {
  readonly jobId: string;
  /** The task that drew it. */
  readonly task: string;
  /** A small JPEG. */
  readonly jpeg: Uint8Array;
}

/** Stores a picture and shows it. A picture that cannot be stored costs the picture, not the task. */
export async function keepPreview(
  { storageOfPreview, logger }: WorkerContext,
  run: Run,
  { jobId, task, jpeg }: Preview,
): Promise<void> {
  try {
    run.preview(await storageOfPreview(jobId, jpeg));
  } catch (error) {
    logger.warn({ jobId, task, err: error }, 'a preview could not be stored');
  }
}
