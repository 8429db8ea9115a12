import { AuraError, isTerminal, type Job, jobSchema } from '../protocol/index.ts';
import { adopt, foldMessage, type Known } from './fold.ts';
import type { Http } from './http.ts';
import { stayConnected } from './stay-connected.ts';
import type { Source, WatchOptions, WatchTiming } from './watching.ts';

interface Watch extends WatchOptions {
  readonly http: Http;
  readonly jobId: string;
  readonly timing: WatchTiming;
}

/**
 * Follows a job to its end: yields its state whenever it changes, the terminal state last and once.
 *
 * @throws {AuraError} when the server refuses for good, e.g. job_not_found.
 */
export async function* watchJob(watch: Watch): AsyncGenerator<Job, void, undefined> {
  let yielded = '';
  let hasEnded = false;
  for await (const { shown } of stayConnected({ ...watch, source: sourceOf(watch) })) {
    // Somebody runs it again already: that is another story.
    if (hasEnded && !isTerminal(shown.status)) return;
    const text = JSON.stringify(shown);
    if (text !== yielded) yield shown;
    yielded = text;
    hasEnded = isTerminal(shown.status);
  }
}

function sourceOf({ http, jobId }: Watch): Source<Known> {
  const path = `/api/jobs/${encodeURIComponent(jobId)}`;
  return {
    path: `${path}/events`,
    position: ({ job }) => String(job.seq),
    fold: foldMessage,
    // Not the figures between two events: they change for as long as the job runs.
    isNews: (before, { job }) => job.seq > (before?.job.seq ?? 0),
    hasEnded: ({ shown }) => isTerminal(shown.status),
    async ask(known, signal) {
      try {
        const job = await http.json({ path, schema: jobSchema, signal });
        return job.seq < (known?.job.seq ?? 0) ? undefined : adopt(known, job);
      } catch (error) {
        // Watching may begin before the job exists: whether it ever will is for the stream to say, which waits for it.
        if (known === undefined && isNotFound(error)) return undefined;
        throw error;
      }
    },
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof AuraError && error.code === 'job_not_found';
}
