import type { Job } from '../../protocol/index.ts';

/** What is heard of jobs while the page is open. */
export interface LiveJobs {
  readonly jobs: readonly Job[];
  /** Ids of those that were deleted. */
  readonly deleted: ReadonlySet<string>;
}

export const noLiveJobs: LiveJobs = { jobs: [], deleted: new Set() };

/**
 * The list to show, newest first: the pages that were read, and over them what was heard since. A job that is older
 * than all pages waits for its own page, when there is one.
 */
export function mergeJobs(
  read: readonly Job[],
  live: LiveJobs,
  { hasMore }: { readonly hasMore: boolean },
): Job[] {
  const oldest = read.at(-1)?.createdAt ?? '';
  const merged = new Map(read.map((job) => [job.id, job]));
  for (const job of live.jobs) {
    const known = merged.get(job.id);
    const isInReach = known !== undefined || !hasMore || job.createdAt >= oldest;
    if (isInReach && (known === undefined || known.seq <= job.seq)) merged.set(job.id, job);
  }
  for (const jobId of live.deleted) merged.delete(jobId);
  return [...merged.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
