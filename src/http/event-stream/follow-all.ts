import { isTerminalEvent } from '../../protocol/index.ts';
import { type Database, type EventHub, type JobChoice, readChosenJobs } from '../../store/index.ts';
import { type Changes, createChanges } from './changes.ts';
import { deletedFrame, jobEventFrame, jobSnapshotFrame, listedFrame } from './frames.ts';
import { createListLiveFrames } from './live-frames.ts';
import type { OpenStream } from './open-stream.ts';
import { afterSnapshot } from './position.ts';

interface FollowingAll {
  readonly choice: JobChoice;
  readonly database: Database;
  readonly hub: EventHub;
  readonly stream: OpenStream;
}

/** Events read from a log at a time. */
const pageSize = 200;

/**
 * Sends a list of jobs, and then what happens to them and to jobs that come anew, until the stream closes. Like the
 * stream of one job it always reads the log; the hub only says of whom. When something may have been missed the list is sent anew.
 *
 * @throws {StreamClosed}
 */
export async function followAll({ choice, database, hub, stream }: FollowingAll): Promise<void> {
  const liveFrames = createListLiveFrames(stream);
  const changes = createChanges({ choice, signal: stream.signal, onLive: liveFrames.offer });
  const unsubscribe = hub.subscribeAll(changes.listener);
  const following: Following = { choice, database, hub, stream, changes, offerLive: liveFrames.offer };
  try {
    for (;;) {
      if (changes.takeStale()) await sendList(following);
      for (const jobId of changes.takeDeleted()) await stream.send(deletedFrame(jobId));
      for (const jobId of changes.takeChanged()) await sendChange(following, jobId);
      await changes.next();
    }
  } finally {
    unsubscribe();
  }
}

interface Following extends FollowingAll {
  readonly changes: Changes;
  readonly offerLive: ReturnType<typeof createListLiveFrames>['offer'];
}

async function sendList({ choice, database, stream, changes, offerLive }: Following): Promise<void> {
  const jobIds: string[] = [];
  for (const { job, live } of await readChosenJobs(database, choice)) {
    await stream.send(jobSnapshotFrame(job));
    jobIds.push(job.id);
    changes.sent(job.id, job.seq);
    if (live !== undefined) offerLive(job.id, live);
  }
  await stream.send(listedFrame(jobIds));
}

async function sendChange(following: Following, jobId: string): Promise<void> {
  const { hub, stream, changes } = following;
  const known = changes.sentUpTo(jobId);
  const after = known ?? (await sendSnapshot(following, jobId));
  if (after === undefined) return;
  const events = await hub.readEvents(jobId, { after, limit: pageSize });
  for (const event of events) {
    await stream.send(jobEventFrame(jobId, event));
    changes.sent(jobId, event.seq);
  }
  const last = events.at(-1);
  if (events.length === pageSize && last !== undefined && !isTerminalEvent(last)) changes.lookAgain(jobId);
}

/** A job this client does not have yet begins with the whole of it, as a stream of its own would. */
async function sendSnapshot(following: Following, jobId: string): Promise<number | undefined> {
  const { hub, stream, changes, offerLive } = following;
  const state = await hub.readJob(jobId);
  if (state === undefined) return undefined;
  const after = afterSnapshot(state.job);
  await stream.send(jobSnapshotFrame(state.job));
  changes.sent(jobId, after);
  if (state.live !== undefined) offerLive(jobId, state.live);
  return after;
}
