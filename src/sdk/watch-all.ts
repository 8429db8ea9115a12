import { AuraError, isTerminal, type Job, jobListSchema, jobSchema } from '../protocol/index.ts';
import { adoptList, foldListMessage, type KnownList, type ListChange } from './fold-all.ts';
import type { Http } from './http.ts';
import { type Source, stayConnected, type WatchOptions, type WatchTiming } from './stay-connected.ts';

export interface WatchAllOptions extends WatchOptions {
  /** Only these jobs, at most 100; they need not exist yet. */
  readonly ids?: readonly string[] | undefined;
  /** How many of the newest jobs to begin with, besides those that have not ended: 0 to 100, 20 when absent. */
  readonly newest?: number | undefined;
}

/** The list, and what has just happened to it. */
export type WatchedJobs = ListChange & {
  /** Newest first. */
  readonly jobs: readonly Job[];
};

interface WatchAll extends WatchAllOptions {
  readonly http: Http;
  readonly timing: WatchTiming;
}

/**
 * Follows many jobs over one connection, without end: yields the list at the beginning, and after each change. Reconnects by
 * itself, and asks for the list while the stream cannot be had.
 *
 * @throws {AuraError} when the server refuses for good; the signal's reason.
 */
export async function* watchAll(watch: WatchAll): AsyncGenerator<WatchedJobs, void, undefined> {
  for await (const list of stayConnected({ ...watch, source: sourceOf(watch) })) {
    if (list.isComplete && list.change !== undefined) yield { ...list.change, jobs: jobsOf(list) };
  }
}

/** As many as one page of the list holds. */
const defaultNewest = 20;

function sourceOf(watch: WatchAll): Source<KnownList> {
  const { ids, newest = defaultNewest } = watch;
  const query = new URLSearchParams(ids === undefined ? { newest: `${newest}` } : { ids: ids.join(',') });
  return {
    path: `/api/events?${query}`,
    position: () => undefined,
    fold: foldListMessage,
    hasEnded: () => false,
    ask: async (known) => adoptList(known, await askForJobs(watch, known)),
  };
}

async function askForJobs(watch: WatchAll, known: KnownList | undefined): Promise<readonly Job[]> {
  const { http, ids, newest = defaultNewest, signal } = watch;
  if (ids !== undefined) return readEach(watch, ids);
  const path = `/api/jobs?limit=${Math.max(newest, 1)}`;
  const { jobs } = await http.json({ path, schema: jobListSchema, signal });
  // What is not new any more and has not ended belongs to the list as well.
  const unfinished = [...(known?.jobs.values() ?? [])].filter(({ job }) => !isTerminal(job.status));
  const others = unfinished.map(({ job }) => job.id).filter((id) => !jobs.some((job) => job.id === id));
  return [...jobs, ...(await readEach(watch, others))];
}

/** Those that exist. */
async function readEach({ http, signal }: WatchAll, ids: readonly string[]): Promise<readonly Job[]> {
  const found = await Promise.all(
    ids.map((id) =>
      http
        .json({ path: `/api/jobs/${encodeURIComponent(id)}`, schema: jobSchema, signal })
        .catch((error: unknown) => {
          if (error instanceof AuraError && error.code === 'job_not_found') return undefined;
          throw error;
        }),
    ),
  );
  return found.filter((job) => job !== undefined);
}

function jobsOf({ jobs }: KnownList): readonly Job[] {
  const shown = [...jobs.values()].map((known) => known.shown);
  return shown.sort((a, b) => compare(b.createdAt, a.createdAt) || compare(b.id, a.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
