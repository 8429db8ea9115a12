import {
  AuraError,
  fromFailure,
  type Job,
  jobSchema,
  type WebhookLog,
  webhookLogSchema,
} from '../protocol/index.ts';
import { type Http, requestDeadlineSeconds } from './http.ts';
import { watchJob } from './watch.ts';
import type { WatchOptions, WatchTiming } from './watching.ts';

export interface Stoppable {
  readonly signal?: AbortSignal | undefined;
}

/** One export on a server. Watching it never changes it. */
export interface JobHandle {
  /** UUID. */
  readonly id: string;
  /** The state as it is now. */
  refresh(options?: Stoppable): Promise<Job>;
  /**
   * Every change of the state, from now to the end; the terminal state comes last and once. Mends broken connections
   * by itself. To stop from outside, abort the signal: the iteration then throws the signal's reason.
   */
  watch(options?: WatchOptions): AsyncGenerator<Job, void, undefined>;
  /** The completed job. @throws {AuraError} what made it fail, or job_cancelled. */
  result(options?: WatchOptions): Promise<Job>;
  /** Asks for the end of the job; it has ended when `watch` says `cancelled`. @throws {AuraError} job_finished. */
  cancel(options?: Stoppable): Promise<Job>;
  /** Runs a failed or cancelled job again, under the same id. @throws {AuraError} job_not_finished, job_finished. */
  retry(options?: Stoppable): Promise<Job>;
  /**
   * Begins nothing more of the job until `resume`. What is being done now is finished first: then the status is `paused`.
   * @throws {AuraError} job_finished, job_cancelled.
   */
  pause(options?: Stoppable): Promise<Job>;
  /** Goes on with a paused job. @throws {AuraError} job_finished, job_cancelled. */
  resume(options?: Stoppable): Promise<Job>;
  /** Removes the ended job with its files, for good. @throws {AuraError} job_not_found, job_not_finished. */
  delete(options?: Stoppable): Promise<void>;
  /** What was posted to the job's webhook: each try, what was answered, when the next one is. */
  webhooks(options?: Stoppable): Promise<WebhookLog>;
  /** Absolute address of one of its files, e.g. `video.mp4`. */
  artifactUrl(name: string): string;
  /** The bytes of one of its files. @throws {AuraError} artifact_not_found. */
  download(name: string, options?: Stoppable): Promise<ReadableStream<Uint8Array>>;
}

export function jobHandle(input: { http: Http; id: string; timing: WatchTiming }): JobHandle {
  const { http, id, timing } = input;
  const path = `/api/jobs/${encodeURIComponent(id)}`;
  const post = (action: string, { signal }: Stoppable = {}) =>
    http.json({ path: `${path}/${action}`, method: 'POST', schema: jobSchema, signal });
  const artifactPath = (name: string) => `${path}/artifacts/${encodeURIComponent(name)}`;
  return {
    id,
    refresh: ({ signal } = {}) => http.json({ path, schema: jobSchema, signal }),
    watch: (options = {}) => watchJob({ ...options, http, jobId: id, timing }),
    result: (options = {}) => outcome(watchJob({ ...options, http, jobId: id, timing })),
    cancel: (options) => post('cancel', options),
    retry: (options) => post('retry', options),
    pause: (options) => post('pause', options),
    resume: (options) => post('resume', options),
    delete: async ({ signal } = {}) => {
      await http.open({ path, method: 'DELETE', signal, deadlineSeconds: requestDeadlineSeconds });
    },
    webhooks: ({ signal } = {}) => http.json({ path: `${path}/webhooks`, schema: webhookLogSchema, signal }),
    artifactUrl: (name) => http.url(artifactPath(name)),
    download: async (name, { signal } = {}) => {
      const request = { path: artifactPath(name), signal, deadlineSeconds: requestDeadlineSeconds };
      const { body } = await http.open(request);
      if (body === null) throw new AuraError('artifact_not_found', `${name} came without content.`);
      return body;
    },
  };
}

async function outcome(states: AsyncIterable<Job>): Promise<Job> {
  let last: Job | undefined;
  for await (const job of states) last = job;
  if (last?.status === 'completed') return last;
  throw failureOf(last);
}

/** Why a job that ended did not complete. */
export function failureOf(job: Job | undefined): AuraError {
  if (job?.error) return fromFailure(job.error);
  if (job?.status === 'cancelled') return new AuraError('job_cancelled', `“${job.title}” was cancelled.`);
  return new AuraError('internal', 'The job ended without a result and without a reason.');
}
