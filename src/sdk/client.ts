import {
  type Asset,
  assetListSchema,
  type CreateJob,
  type ExportPlan,
  exportPlanSchema,
  type Health,
  healthSchema,
  type JobList,
  jobListSchema,
  jobSchema,
  limits,
  type VoiceInfo,
  voiceListSchema,
} from '../protocol/index.ts';
import { createHttp, type Fetch, type Http } from './http.ts';
import { type JobHandle, jobHandle, type Stoppable } from './job-handle.ts';
import { type WatchAllOptions, type WatchedJobs, watchAll } from './watch-all.ts';
import { defaultTiming, type WatchTiming } from './watching.ts';

export interface AuraClientOptions {
  /** Address of the server, e.g. `http://127.0.0.1:5005`; empty in a page that the server itself serves. */
  readonly baseUrl: string;
  readonly fetch?: Fetch;
  readonly timing?: Partial<WatchTiming>;
}

export interface ExportOptions extends Stoppable {
  /** For 24 hours, the same export sent again with the same key is the same job: for callers that try again. */
  readonly idempotencyKey?: string;
}

export interface UploadFile {
  /** The name the script uses for it. */
  readonly name: string;
  readonly data: Blob;
}

/** An Aura server: in the browser and in Node. Every error is an `AuraError`, or the reason of the signal given. */
export class AuraClient {
  readonly #http: Http;
  readonly #timing: WatchTiming;

  constructor({ baseUrl, fetch = (url, init) => globalThis.fetch(url, init), timing }: AuraClientOptions) {
    this.#http = createHttp({ baseUrl, fetch });
    this.#timing = { ...defaultTiming, ...timing };
  }

  /**
   * Starts an export: of a script or of a composition. With an `id` chosen here, watching may begin before.
   *
   * @throws {AuraError} what is wrong with it; queue_full.
   */
  async export(job: CreateJob, { signal, idempotencyKey }: ExportOptions = {}): Promise<JobHandle> {
    const body = JSON.stringify(job);
    const created = await this.#http.json({
      path: '/api/jobs',
      method: 'POST',
      ...(idempotencyKey !== undefined && { headers: { 'idempotency-key': idempotencyKey } }),
      body,
      schema: jobSchema,
      signal,
    });
    return this.job(created.id);
  }

  /** What an export would do, what of it is stored, and how long it would take. Makes nothing. */
  plan(job: CreateJob, { signal }: Stoppable = {}): Promise<ExportPlan> {
    return this.#http.json({
      path: '/api/plan',
      method: 'POST',
      body: JSON.stringify(job),
      schema: exportPlanSchema,
      signal,
      deadlineSeconds: planSeconds,
    });
  }

  /** A job by its id. Asks nothing yet. */
  job(id: string): JobHandle {
    return jobHandle({ http: this.#http, id, timing: this.#timing });
  }

  /**
   * Many jobs over one connection: the list at once, and again after each change, until the signal aborts. Mends broken
   * connections by itself.
   */
  watchAll(options: WatchAllOptions = {}): AsyncGenerator<WatchedJobs, void, undefined> {
    return watchAll({ ...options, http: this.#http, timing: this.#timing });
  }

  /** Exports, newest first. `limit` at a time; `nextCursor` of one answer asks for the next. */
  jobs({ cursor, limit, signal }: { cursor?: string; limit?: number } & Stoppable = {}): Promise<JobList> {
    const query = new URLSearchParams();
    if (cursor !== undefined) query.set('cursor', cursor);
    if (limit !== undefined) query.set('limit', String(limit));
    const path = query.size > 0 ? `/api/jobs?${query}` : '/api/jobs';
    return this.#http.json({ path, schema: jobListSchema, signal });
  }

  /** Stores pictures and sounds; the assets come in the order of the files. */
  async upload(files: readonly UploadFile[], { signal }: Stoppable = {}): Promise<Asset[]> {
    const assets: Asset[] = [];
    for (let first = 0; first < files.length; first += limits.assetsPerUpload) {
      const part = files.slice(first, first + limits.assetsPerUpload);
      assets.push(...(await this.#uploadPart(part, signal)));
    }
    return assets;
  }

  /** The voices to choose from, of all providers. */
  async voices({ signal }: Stoppable = {}): Promise<VoiceInfo[]> {
    const { voices } = await this.#http.json({ path: '/api/voices', schema: voiceListSchema, signal });
    return voices;
  }

  /** How the server is; `unhealthy` is an answer too, with the checks that failed. */
  health({ signal }: Stoppable = {}): Promise<Health> {
    return this.#http.json({ path: '/api/health', schema: healthSchema, signal, alsoAccept: 503 });
  }

  /** Absolute address of a path the server gave, e.g. a job's `preview`. */
  url(path: string): string {
    return this.#http.url(path);
  }

  async #uploadPart(files: readonly UploadFile[], signal: AbortSignal | undefined): Promise<Asset[]> {
    const body = new FormData();
    for (const { name, data } of files) body.append('file', data, name);
    const sizeBytes = files.reduce((sum, { data }) => sum + data.size, 0);
    const { assets } = await this.#http.json({
      path: '/api/assets',
      method: 'POST',
      body,
      schema: assetListSchema,
      signal,
      deadlineSeconds: 60 + sizeBytes / slowestUploadBytesPerSecond,
    });
    return assets;
  }
}

/** A long composition with many files is opened file by file. */
const planSeconds = 90;

/** An upload slower than this counts as stuck. */
const slowestUploadBytesPerSecond = 20_000;
