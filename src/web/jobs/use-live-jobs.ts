import { useEffect, useRef, useState } from 'react';
import type { Connection, WatchedJobs } from '../../sdk/index.ts';
import { aura } from '../aura.ts';
import { type LiveJobs, noLiveJobs } from './merge-jobs.ts';

/**
 * Follows all jobs over one connection for as long as the page is open. `onGap` is called when something may have been
 * missed.
 */
export function useLiveJobs(onGap: () => void): { live: LiveJobs; connection: Connection } {
  const [live, setLive] = useState(noLiveJobs);
  const [connection, setConnection] = useState<Connection>('live');
  const onGapNow = useRef(onGap);
  onGapNow.current = onGap;
  useEffect(() => {
    const stop = new AbortController();
    const take = (change: WatchedJobs) => {
      if (change.kind === 'listed') onGapNow.current();
      setLive((before) => ({ jobs: change.jobs, deleted: deletedAfter(before, change) }));
    };
    void follow({ signal: stop.signal, take, onConnection: setConnection });
    return () => stop.abort();
  }, []);
  return { live, connection };
}

interface Following {
  readonly signal: AbortSignal;
  take(change: WatchedJobs): void;
  onConnection(connection: Connection): void;
}

/** Ends with the signal. A server that refuses for good leaves the list as it was read. */
async function follow({ signal, take, onConnection }: Following): Promise<void> {
  try {
    for await (const change of aura.watchAll({ signal, onConnection })) take(change);
  } catch (error) {
    if (!signal.aborted) console.error(error);
  }
}

function deletedAfter({ deleted }: LiveJobs, change: WatchedJobs): ReadonlySet<string> {
  if (change.kind === 'deleted') return new Set([...deleted, change.jobId]);
  const isBack = change.kind === 'changed' && deleted.has(change.job.id);
  return isBack ? new Set([...deleted].filter((jobId) => jobId !== change.job.id)) : deleted;
}
