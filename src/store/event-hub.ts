import type { JobEvent, Live } from '../protocol/index.ts';
import type { Database } from './database.ts';
import { eventChannel, parseEventHint } from './event-channel.ts';
import { type EventPage, readEvents } from './events.ts';
import { type JobState, readJob } from './jobs.ts';
import type { Position } from './live.ts';
import { createPositionReader } from './position-reader.ts';
import { createSharedReads } from './shared-reads.ts';
import { readUnfinishedIds } from './watched-jobs.ts';

/** Called for what happens to a job from now on. A hint may come twice: the log is the truth. */
export interface JobListener {
  /** The job's log has grown, up to event `seq`. */
  appended(seq: number): void;
  /** The newest live figures. */
  live(live: Live): void;
  /** There is no such job any more. */
  deleted?(): void;
}

/** Called for what happens to any job. The same may be told twice. */
export interface AllJobsListener {
  /** How far a job has come. */
  position(position: Position): void;
  deleted(jobId: string): void;
  /** Something may have been missed: look at everything again. */
  missed(): void;
}

export interface EventHub {
  /** Returns what ends the subscription. */
  subscribe(jobId: string, listener: JobListener): () => void;
  /** Returns what ends the subscription. */
  subscribeAll(listener: AllJobsListener): () => void;
  /** The events of a job after a position, in order; one query serves all watchers that ask together. */
  readEvents(jobId: string, page: EventPage): Promise<readonly JobEvent[]>;
  /** A job, if there is one; one query serves all watchers that ask together. */
  readJob(jobId: string): Promise<JobState | undefined>;
  /** Resolves as soon as the job exists: true; false when the time is up or the signal aborts. */
  waitForJob(
    jobId: string,
    options: { readonly timeoutSeconds: number; readonly signal?: AbortSignal },
  ): Promise<boolean>;
  close(): Promise<void>;
}

interface HubOptions {
  readonly onWarning?: (message: string, error: unknown) => void;
}

/** Hints can be lost with a connection, so what is being watched is looked at again this often. */
const safetyNetMilliseconds = 3_000;

/** Tells this process's watchers about jobs, however many watch: one connection listens and one query reads for all. */
export async function createEventHub(database: Database, { onWarning }: HubOptions = {}): Promise<EventHub> {
  const watched = new Map<string, Set<Subscription>>();
  const watchers = new Set<AllJobsListener>();
  const onError = (error: unknown) => onWarning?.('the newest events could not be read', error);
  const reading = createPositionReader(database, {
    onError,
    tell(position) {
      for (const subscription of watched.get(position.jobId) ?? []) tell(subscription, position);
      for (const watcher of watchers) watcher.position(position);
    },
  });

  const sharedEvents = createSharedReads<{ jobId: string; page: EventPage }, readonly JobEvent[]>({
    keyOf: ({ jobId, page }) => `${jobId} ${page.after} ${page.limit}`,
    read: ({ jobId, page }) => readEvents(database, jobId, page),
  });
  const stopListening = await database.listen(eventChannel, {
    onPayload(payload) {
      const { jobId, isDeleted } = parseEventHint(payload);
      if (isDeleted) {
        for (const watcher of watchers) watcher.deleted(jobId);
        for (const { listener } of watched.get(jobId) ?? []) listener.deleted?.();
      }
      if (watchers.size > 0 || watched.has(jobId)) reading.request(jobId);
    },
    onReconnect() {
      for (const watcher of watchers) watcher.missed();
      for (const jobId of watched.keys()) reading.request(jobId);
    },
  });
  const stopLooking = startSafetyNet(async () => {
    for (const jobId of watched.keys()) reading.request(jobId);
    if (watchers.size === 0) return;
    for (const jobId of (await readUnfinishedIds(database).catch(onError)) ?? []) reading.request(jobId);
  });

  const subscribe: EventHub['subscribe'] = (jobId, listener) => {
    const subscriptions = watched.get(jobId) ?? new Set();
    const subscription: Subscription = { listener, last: undefined };
    watched.set(jobId, subscriptions.add(subscription));
    // What happened between the caller's last look and now was told to nobody.
    reading.request(jobId);
    return () => {
      subscriptions.delete(subscription);
      if (subscriptions.size === 0 && watched.get(jobId) === subscriptions) watched.delete(jobId);
    };
  };

  return {
    subscribe,
    subscribeAll(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    readEvents: (jobId, page) => sharedEvents({ jobId, page }),
    readJob: createSharedReads({ keyOf: (jobId) => jobId, read: (jobId) => readJob(database, jobId) }),
    waitForJob: (jobId, wait) => waitForJob(subscribe, jobId, wait),
    async close() {
      await stopLooking();
      watched.clear();
      watchers.clear();
      await stopListening();
      await reading.settled();
    },
  };
}

interface Subscription {
  readonly listener: JobListener;
  /** What it was told last. */
  last: Position | undefined;
}

/** Looks every few seconds, once at a time. Returns what ends it. */
function startSafetyNet(look: () => Promise<void>): () => Promise<void> {
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
  }, safetyNetMilliseconds).unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

function tell(subscription: Subscription, position: Position): void {
  const { listener, last } = subscription;
  subscription.last = position;
  if (last?.seq !== position.seq) listener.appended(position.seq);
  if (last?.liveVersion !== position.liveVersion && position.live !== undefined) listener.live(position.live);
}

function waitForJob(
  subscribe: EventHub['subscribe'],
  jobId: string,
  { timeoutSeconds, signal }: { readonly timeoutSeconds: number; readonly signal?: AbortSignal },
): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(false);
    const end = (exists: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abandon);
      unsubscribe();
      resolve(exists);
    };
    const abandon = () => end(false);
    const timer = setTimeout(abandon, timeoutSeconds * 1_000);
    signal?.addEventListener('abort', abandon, { once: true });
    const unsubscribe = subscribe(jobId, { appended: () => end(true), live: () => {} });
  });
}
