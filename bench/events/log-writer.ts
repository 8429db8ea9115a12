import { randomUUID } from 'node:crypto';
import {
  type Job,
  type JobEvent,
  type NewJobEvent,
  pendingStages,
  reduceJob,
} from '../../src/protocol/index.ts';
import {
  appendEvents,
  type Database,
  insertJob,
  lockJob,
  openDatabase,
  resetLive,
} from '../../src/store/index.ts';
import { monotonicMilliseconds } from './monotonic.ts';
import { serveParent } from './peer.ts';

export interface Place {
  readonly databaseUrl?: string;
  readonly directory: string;
}

export interface Committed {
  readonly event: JobEvent;
  /** When the commit was sent: what a watcher's delay is counted from. */
  readonly atMilliseconds: number;
}

/** Writes jobs and events as the engine does: the functions that write into an open log. */
export function createLogWriter(database: Database) {
  return {
    async createJobs(count: number): Promise<readonly Job[]> {
      const jobs: Job[] = [];
      for (let index = 0; index < count; index++) jobs.push(await createJob(database));
      return jobs;
    },
    append: (jobId: string): Promise<Committed> =>
      database.transaction(async (transaction) => {
        const job = await lockJob(transaction, jobId);
        const now = new Date();
        const { seq } = await appendEvents(transaction, {
          jobId,
          state: job?.state,
          events: [happening],
          now,
        });
        return {
          event: { ...happening, seq, at: now.toISOString() },
          atMilliseconds: monotonicMilliseconds(),
        };
      }),
  };
}

/** One of the usual events, of the usual size. */
const happening = {
  kind: 'stage',
  stages: pendingStages(),
  stage: 'render',
  progress: 0.25,
  etaSeconds: 12.5,
} as const satisfies NewJobEvent;

async function createJob(database: Database): Promise<Job> {
  const id = randomUUID();
  const created = { kind: 'created', jobId: id, title: 'A talk', stages: pendingStages() } as const;
  const now = new Date();
  const state = reduceJob(undefined, { ...created, seq: 1, at: now.toISOString() });
  return database.transaction(async (transaction) => {
    await insertJob(transaction, { id, input: {}, state });
    await resetLive(transaction, id, 1);
    return appendEvents(transaction, { jobId: id, state: undefined, events: [created], now });
  });
}

function createWriterOffer() {
  let writer: ReturnType<typeof createLogWriter> | undefined;
  const opened = () => {
    if (writer === undefined) throw new Error('open it first');
    return writer;
  };
  return {
    async open(place: Place): Promise<void> {
      writer = createLogWriter(await openDatabase(place));
    },
    createJobs: (count: number) => opened().createJobs(count),
    append: (jobId: string) => opened().append(jobId),
  };
}

export type WriterOffer = ReturnType<typeof createWriterOffer>;

if (process.argv[1] === import.meta.filename && process.send !== undefined) serveParent(createWriterOffer());
