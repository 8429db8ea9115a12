import type { Live } from '../../protocol/index.ts';
import type { AllJobsListener, JobChoice } from '../../store/index.ts';
import { createBell } from './bell.ts';

/** What one client has of each job, and what it does not have yet. */
export interface Changes {
  /** For the hub. */
  readonly listener: AllJobsListener;
  /** Whether the list has to be sent, for the first time or again; after that it counts as sent. */
  takeStale(): boolean;
  takeDeleted(): readonly string[];
  /** Jobs with events that were not sent. */
  takeChanged(): readonly string[];
  lookAgain(jobId: string): void;
  /** The client now has the job up to this event. */
  sent(jobId: string, seq: number): void;
  /** The last event sent; undefined when the client does not have the job. */
  sentUpTo(jobId: string): number | undefined;
  /** Resolves as soon as there is something to take. @throws {StreamClosed} */
  next(): Promise<void>;
}

interface ChangesOptions {
  readonly choice: JobChoice;
  readonly signal: AbortSignal;
  readonly onLive: (jobId: string, live: Live) => void;
}

/**
 * Most jobs remembered for a client, and most changes kept for one that reads slowly. A job that was forgotten is sent
 * whole the next time; after too many changes the list is.
 */
const mostJobs = 2_000;

export function createChanges({ choice, signal, onLive }: ChangesOptions): Changes {
  const bell = createBell(signal);
  const wanted = 'ids' in choice ? new Set(choice.ids) : undefined;
  const positions = new Map<string, { readonly seq: number; liveVersion: number }>();
  const changed = new Set<string>();
  const deleted = new Set<string>();
  let isStale = true;

  const note = (set: Set<string>, jobId: string) => {
    set.add(jobId);
    isStale ||= set.size > mostJobs;
    bell.ring();
  };
  const take = (set: Set<string>) => {
    const taken = [...set];
    set.clear();
    return taken;
  };
  return {
    listener: {
      position({ jobId, seq, live, liveVersion }) {
        if (wanted !== undefined && !wanted.has(jobId)) return;
        const known = positions.get(jobId);
        if (known === undefined || known.seq < seq) note(changed, jobId);
        if (known === undefined || live === undefined || known.liveVersion === liveVersion) return;
        known.liveVersion = liveVersion;
        onLive(jobId, live);
      },
      deleted(jobId) {
        if (wanted !== undefined && !wanted.has(jobId)) return;
        positions.delete(jobId);
        note(deleted, jobId);
      },
      missed() {
        isStale = true;
        bell.ring();
      },
    },
    takeStale() {
      const was = isStale;
      if (was) for (const collection of [positions, changed, deleted]) collection.clear();
      isStale = false;
      return was;
    },
    takeDeleted: () => take(deleted),
    takeChanged: () => take(changed),
    lookAgain: (jobId) => note(changed, jobId),
    sent(jobId, seq) {
      const liveVersion = positions.get(jobId)?.liveVersion ?? -1;
      positions.delete(jobId);
      positions.set(jobId, { seq, liveVersion });
      const [oldest] = positions.keys();
      if (positions.size > mostJobs && oldest !== undefined) positions.delete(oldest);
    },
    sentUpTo: (jobId) => positions.get(jobId)?.seq,
    next: bell.rung,
  };
}
