import { useCallback, useEffect, useState } from 'react';
import {
  AuraError,
  errorTable,
  type Failure,
  isTerminal,
  type Job,
  toFailure,
} from '../../protocol/index.ts';
import type { Connection } from '../../sdk/index.ts';
import { aura } from '../aura.ts';

export type JobView =
  | { readonly kind: 'loading'; readonly connection: Connection }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | {
      readonly kind: 'shown';
      readonly job: Job;
      readonly connection: Connection;
      /** When the job last got further, in milliseconds since 1970 by this browser's clock. */
      readonly progressedAtMs: number;
    };

/** Follows a job for as long as its page is open. `follow` begins again, after a retry. */
export function useJob(jobId: string): { view: JobView; follow: () => void } {
  const [view, setView] = useState<JobView>({ kind: 'loading', connection: 'live' });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round means a new watch
  useEffect(() => {
    const stop = new AbortController();
    void followJob({ jobId, signal: stop.signal, setView });
    return () => stop.abort();
  }, [jobId, round]);
  return { view, follow: useCallback(() => setRound((before) => before + 1), []) };
}

interface Following {
  readonly jobId: string;
  readonly signal: AbortSignal;
  setView(change: JobView | ((before: JobView) => JobView)): void;
}

async function followJob({ jobId, signal, setView }: Following): Promise<void> {
  const show = (job: Job) =>
    setView((before) => ({
      kind: 'shown',
      job,
      connection: before.kind === 'shown' ? before.connection : 'live',
      progressedAtMs: progressedAt(before, job),
    }));
  const onConnection = (connection: Connection) =>
    setView((before) => (before.kind === 'refused' ? before : { ...before, connection }));
  try {
    const first = await readNow(jobId, signal);
    if (first !== undefined) show(first);
    if (first !== undefined && isTerminal(first.status)) return;
    for await (const job of aura.job(jobId).watch({ signal, onConnection })) show(job);
  } catch (error) {
    if (!signal.aborted) setView({ kind: 'refused', failure: toFailure(error) });
  }
}

/** What this page saw happen, happened by its own clock; of the rest there is only what the server's says. */
function progressedAt(before: JobView, { lastProgressAt }: Job): number {
  if (before.kind !== 'shown') return Math.min(Date.now(), Date.parse(lastProgressAt));
  return before.job.lastProgressAt === lastProgressAt ? before.progressedAtMs : Date.now();
}

/**
 * Asked before watching: a stream waits a while for a job that is not there yet, but here the reader wants to hear at
 * once. Undefined when the server cannot be reached now.
 */
async function readNow(jobId: string, signal: AbortSignal): Promise<Job | undefined> {
  try {
    return await aura.job(jobId).refresh({ signal });
  } catch (error) {
    if (error instanceof AuraError && errorTable[error.code].retryable) return undefined;
    throw error;
  }
}
