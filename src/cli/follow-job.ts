import { AuraError, type Job, warningText } from '../protocol/index.ts';
import type { Connection, JobHandle } from '../sdk/index.ts';
import type { ProgressDisplay } from './progress-display.ts';

interface Following {
  readonly handle: JobHandle;
  readonly display: ProgressDisplay;
  readonly signal: AbortSignal;
  /** What the signal ends: the job, whose end is then awaited, or only the watching. */
  readonly onStop: 'cancel-job' | 'leave';
}

/** Shows a job until it has ended, and returns it as it ended. */
export async function followJob({ handle, display, signal, onStop }: Following): Promise<Job> {
  const watching = new AbortController();
  const stop = () => {
    if (onStop === 'leave') watching.abort(signal.reason);
    else handle.cancel().catch((error: unknown) => !hasEnded(error) && watching.abort(error));
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  try {
    return await showAll(handle, display, watching.signal);
  } finally {
    signal.removeEventListener('abort', stop);
    display.end();
  }
}

async function showAll(handle: JobHandle, display: ProgressDisplay, signal: AbortSignal): Promise<Job> {
  let last: Job | undefined;
  const onConnection = connectionRemarks(display);
  for await (const job of handle.watch({ signal, onConnection })) {
    const known = last?.attempt === job.attempt ? last.warnings.length : 0;
    for (const warning of job.warnings.slice(known)) display.say(`warning: ${warningText(warning)}`);
    display.show(job);
    last = job;
  }
  if (last === undefined) throw new AuraError('internal', 'The job ended before anything was known of it.');
  return last;
}

/** It had ended before the request to cancel it came: the watching ends by itself. */
function hasEnded(error: unknown): boolean {
  return error instanceof AuraError && error.code === 'job_finished';
}

function connectionRemarks(display: ProgressDisplay): (connection: Connection) => void {
  let isLost = false;
  return (connection) => {
    if (connection === 'offline') display.say('The connection is lost; trying again.');
    else if (isLost) display.say('Connected again.');
    isLost = connection === 'offline';
  };
}
