import { isTerminal, type Job, jobListSchema, limits } from '../protocol/index.ts';
import { adoptList, foldListMessage, type KnownList, type ListChange } from './fold-all.ts';
import type { Http } from './http.ts';
import { stayConnected } from './stay-connected.ts';
import type { Source, WatchOptions, WatchTiming } from './watching.ts';

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
    isNews: hasNews,
    hasEnded: () => false,
    ask: async (known, signal) => adoptList(known, await askForJobs({ ...watch, signal }, known)),
  };
}

function hasNews(before: KnownList | undefined, { change, jobs }: KnownList): boolean {
  if (change?.kind === 'deleted') return before?.jobs.has(change.jobId) === true;
  if (change?.kind !== 'changed') return false;
  const seqIn = (known: KnownList['jobs'] | undefined) => known?.get(change.job.id)?.job.seq ?? 0;
  return seqIn(jobs) > seqIn(before?.jobs);
}

async function askForJobs(watch: WatchAll, known: KnownList | undefined): Promise<readonly Job[]> {
  const { ids, newest = defaultNewest } = watch;
  if (ids !== undefined) return readThose(watch, ids);
  const jobs = await readList(watch, { limit: `${Math.max(newest, 1)}` });
  // What is not new any more and has not ended belongs to the list as well.
  const unfinished = [...(known?.jobs.values() ?? [])].filter(({ job }) => !isTerminal(job.status));
  const others = unfinished.map(({ job }) => job.id).filter((id) => !jobs.some((job) => job.id === id));
  return [...jobs, ...(await readThose(watch, others))];
}

/** Those of them that exist. */
async function readThose(watch: WatchAll, ids: readonly string[]): Promise<readonly Job[]> {
  const found: Job[] = [];
  for (let first = 0; first < ids.length; first += limits.watchedIds) {
    const part = ids.slice(first, first + limits.watchedIds);
    found.push(...(await readList(watch, { ids: part.join(','), limit: `${part.length}` })));
  }
  return found;
}

async function readList(
  { http, signal }: WatchAll,
  query: Readonly<Record<string, string>>,
): Promise<readonly Job[]> {
  const path = `/api/jobs?${new URLSearchParams(query)}`;
  return (await http.json({ path, schema: jobListSchema, signal })).jobs;
}

function jobsOf({ jobs }: KnownList): readonly Job[] {
  const shown = [...jobs.values()].map((known) => known.shown);
  return shown.sort((a, b) => compare(b.createdAt, a.createdAt) || compare(b.id, a.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
