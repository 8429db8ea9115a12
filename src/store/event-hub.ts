import type { Live } from '../protocol/index.ts';
import type { Database } from './database.ts';
import { eventChannel, parseEventHint } from './event-channel.ts';
import { type Position, readPositions } from './live.ts';

/** Called for what happens to a job from now on. A hint may come twice: the log is the truth. */
export interface JobListener {
  /** The job's log has grown, up to event `seq`. */
  appended(seq: number): void;
  /** The newest live figures. */
  live(live: Live): void;
}

export interface EventHub {
  /** Returns what ends the subscription. */
  subscribe(jobId: string, listener: JobListener): () => void;
  /** Called with a job's id whenever its log has grown; undefined when some may have been missed. Returns what ends it. */
  subscribeAll(listener: (jobId: string | undefined) => void): () => void;
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
export async function createEventHub(database: Database, options: HubOptions = {}): Promise<EventHub> {
  const watched = new Map<string, Set<Subscription>>();
  const watchers = new Set<(jobId: string | undefined) => void>();
  const reading = createReader(database, watched, options);

  const stopListening = await database.listen(eventChannel, {
    onPayload(payload) {
      const { jobId, seq } = parseEventHint(payload);
      if (seq !== 'live') for (const watcher of watchers) watcher(jobId);
      if (watched.has(jobId)) reading.request(jobId);
    },
    onReconnect() {
      for (const watcher of watchers) watcher(undefined);
      for (const jobId of watched.keys()) reading.request(jobId);
    },
  });
  const safetyNet = setInterval(() => {
    for (const jobId of watched.keys()) reading.request(jobId);
  }, safetyNetMilliseconds).unref();

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
    waitForJob: (jobId, wait) => waitForJob(subscribe, jobId, wait),
    async close() {
      clearInterval(safetyNet);
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

type Watched = ReadonlyMap<string, ReadonlySet<Subscription>>;

interface Reader {
  request(jobId: string): void;
  settled(): Promise<void>;
}

/** Reads the positions of the requested jobs, all in one query, one query at a time. */
function createReader(database: Database, watched: Watched, { onWarning }: HubOptions): Reader {
  const requested = new Set<string>();
  let running: Promise<void> | undefined;

  const readRequested = async () => {
    const jobIds = [...requested];
    requested.clear();
    for (const position of await readPositions(database, jobIds)) {
      for (const subscription of watched.get(position.jobId) ?? []) tell(subscription, position);
    }
  };
  const start = () => {
    running = readRequested()
      .catch((error: unknown) => onWarning?.('the newest events could not be read', error))
      .finally(() => {
        running = undefined;
        if (requested.size > 0) start();
      });
  };
  return {
    request(jobId) {
      requested.add(jobId);
      if (running === undefined) start();
    },
    settled: async () => running,
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
