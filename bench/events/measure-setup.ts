import { eventFrame, retryFrame, snapshotFrame } from '../../src/http/event-stream/frames.ts';
import type { Job } from '../../src/protocol/index.ts';
import type { Committed, WriterOffer } from './log-writer.ts';
import type { Peer } from './peer.ts';
import type { SelfReport, Usage } from './usage.ts';
import type { WatchersOffer } from './watchers.ts';

/** A server under load: Aura's, or the bare one. */
export interface Subject {
  readonly port: number;
  readonly report: Pick<Peer<SelfReport>, 'call'>;
  /** Tells it of an event; Aura's server finds it in the log. */
  announce(path: string, frame: string): Promise<void>;
}

export interface Setup {
  readonly jobs: readonly Job[];
  readonly watcherCount: number;
  /** Events a second, of all jobs together, while delays are measured. */
  readonly eventsPerSecond: number;
  readonly seconds: number;
}

export interface Parts {
  readonly subject: Subject;
  readonly writer: Pick<Peer<Pick<WriterOffer, 'append'>>, 'call'>;
  /** Watchers are spread over these processes. */
  readonly watchers: readonly Peer<WatchersOffer>[];
}

export interface Measured {
  /** Milliseconds from connecting to the first event. */
  readonly firstMilliseconds: Float64Array;
  readonly bytesPerConnection: number;
  readonly heapBytesPerConnection: number;
  /** Milliseconds from the commit to each delivery, at the given pace. */
  readonly delayMilliseconds: Float64Array;
  readonly paced: Usage;
  readonly flatOut: Usage & { readonly deliveries: number };
}

/** Opens the watchers, appends at a steady pace, then as fast as everybody follows, and closes them. */
export async function measureSetup(setup: Setup, parts: Parts): Promise<Measured> {
  const { subject, watchers } = parts;
  await warmUp(setup, parts);
  const before = await subject.report.call('memory');
  const firstMilliseconds = await openWatchers(setup, parts);
  const { rssBytes, heapBytes } = await subject.report.call('memory');
  try {
    const { delays, usage: paced } = await appendAtPace(setup, parts);
    return {
      firstMilliseconds,
      bytesPerConnection: (rssBytes - before.rssBytes) / setup.watcherCount,
      heapBytesPerConnection: (heapBytes - before.heapBytes) / setup.watcherCount,
      delayMilliseconds: delays,
      paced,
      flatOut: await appendFlatOut(setup, parts),
    };
  } finally {
    await Promise.all(watchers.map((peer) => peer.call('close')));
  }
}

/** The bytes that a bare server needs to begin the stream of each job. */
export function firstFrames(jobs: readonly Job[]): Record<string, string> {
  return Object.fromEntries(jobs.map((job) => [pathOf(job.id), `${retryFrame}${snapshotFrame(job)}`]));
}

function pathOf(jobId: string): string {
  return `/api/jobs/${jobId}/events`;
}

/** What code and buffers need once is not a watcher's. */
async function warmUp(setup: Setup, parts: Parts): Promise<void> {
  await openWatchers({ ...setup, watcherCount: warmUpWatchers }, parts);
  await Promise.all(parts.watchers.map((peer) => peer.call('close')));
}
const warmUpWatchers = 300;

/** Spread evenly over the jobs and over the processes. */
async function openWatchers(
  { jobs, watcherCount }: Pick<Setup, 'jobs' | 'watcherCount'>,
  { subject, watchers }: Parts,
): Promise<Float64Array> {
  const paths = jobs.map(({ id }) => pathOf(id));
  const all = Array.from({ length: watcherCount }, (_, index) => paths[index % paths.length] ?? '');
  const share = Math.ceil(watcherCount / watchers.length);
  const opened = await Promise.all(
    watchers.map((peer, index) =>
      peer.call('open', { port: subject.port, paths: all.slice(index * share, (index + 1) * share) }),
    ),
  );
  await Promise.all(watchers.map((peer) => peer.call('takeArrivalCount')));
  return Float64Array.from(opened.flatMap((times) => [...times]));
}

async function appendAtPace(
  setup: Setup,
  parts: Parts,
): Promise<{ readonly delays: Float64Array; readonly usage: Usage }> {
  const { jobs, eventsPerSecond, seconds } = setup;
  const committed = new Map<string, number>();
  const deliveries: Promise<void>[] = [];
  await parts.subject.report.call('begin');
  for (let index = 0; index < eventsPerSecond * seconds; index++) {
    const job = jobs[index % jobs.length];
    if (job !== undefined) {
      const delivered = appendOne(job.id, parts).then(({ path, seq, atMilliseconds }) => {
        committed.set(`${path} ${seq}`, atMilliseconds);
      });
      deliveries.push(delivered);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000 / eventsPerSecond));
  }
  await Promise.all(deliveries);
  const usage = await parts.subject.report.call('end');
  const arrivals = await Promise.all(parts.watchers.map((peer) => peer.call('takeArrivals')));
  const delays = arrivals
    .flat()
    .map(({ path, seq, atMilliseconds }) => atMilliseconds - (committed.get(`${path} ${seq}`) ?? Number.NaN));
  return { delays: Float64Array.from(delays), usage };
}

/** Two events of each job are on their way at any time, so that nobody waits for the next. */
async function appendFlatOut({ jobs, seconds }: Setup, parts: Parts): Promise<Measured['flatOut']> {
  const { subject, watchers } = parts;
  await subject.report.call('begin');
  const until = performance.now() + seconds * 1000;
  const lane = async (jobId: string) => {
    while (performance.now() < until) await appendOne(jobId, parts);
  };
  await Promise.all(jobs.flatMap(({ id }) => [lane(id), lane(id)]));
  const usage = await subject.report.call('end');
  const counts = await Promise.all(watchers.map((peer) => peer.call('takeArrivalCount')));
  return { ...usage, deliveries: counts.reduce((sum, count) => sum + count, 0) };
}

interface Appended {
  readonly path: string;
  readonly seq: number;
  /** Of the commit. */
  readonly atMilliseconds: number;
}

/** Resolves when all watchers have it. */
async function appendOne(jobId: string, { subject, writer, watchers }: Parts): Promise<Appended> {
  const { event, atMilliseconds }: Committed = await writer.call('append', jobId);
  const path = pathOf(jobId);
  await subject.announce(path, eventFrame(event).toString());
  await Promise.all(watchers.map((peer) => peer.call('received', { path, seq: event.seq })));
  return { path, seq: event.seq, atMilliseconds };
}
