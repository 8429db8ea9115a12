import type { Config } from '../config.ts';
import { jobSentence } from './job-text.ts';
import { clientOf } from './local-server.ts';

/** What can be asked of an export; each is the SDK's call of that name. */
export type ControlAction = 'cancel' | 'retry' | 'pause' | 'resume';

interface JobCommand {
  readonly jobId: string;
  readonly serverUrl: string | undefined;
  readonly config: Config;
}

interface ControlCommand extends JobCommand {
  readonly action: ControlAction;
  /** Prints the API's answer as it is. */
  readonly json: boolean | undefined;
}

/** `aura cancel`, `retry`, `pause`, `resume`: asks for it, and says how the export is then. Does not wait for its end. */
export async function controlJob({ action, jobId, serverUrl, json, config }: ControlCommand): Promise<void> {
  const job = await clientOf({ serverUrl, config }).job(jobId)[action]();
  process.stdout.write(`${json === true ? JSON.stringify(job, null, 2) : jobSentence(job)}\n`);
}

/** `aura delete`: for good. */
export async function deleteJob({ jobId, serverUrl, config }: JobCommand): Promise<void> {
  await clientOf({ serverUrl, config }).job(jobId).delete();
  process.stdout.write(`${jobId} is deleted.\n`);
}
