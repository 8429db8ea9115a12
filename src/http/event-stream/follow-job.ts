import { isTerminalEvent, type JobEvent, type Live } from '../../protocol/index.ts';
import type { EventHub } from '../../store/index.ts';
import { createBell } from './bell.ts';
import { eventFrame } from './frames.ts';
import { createLiveFrames } from './live-frames.ts';
import type { OpenStream } from './open-stream.ts';

interface Following {
  readonly jobId: string;
  /** Number of the last event the client has. */
  readonly after: number;
  readonly live: Live | undefined;
  readonly hub: EventHub;
  readonly stream: OpenStream;
}

/** Events read from the log at a time. */
const pageSize = 200;

/**
 * Sends what follows in a job's log, each event once and in order, until the job has ended or is deleted. Always reads the log: the
 * hub only says when to look, so a lost or repeated hint loses or repeats nothing.
 *
 * @throws {StreamClosed} when the stream closes first.
 */
export async function followJob({ jobId, after, live, hub, stream }: Following): Promise<void> {
  const liveFrames = createLiveFrames(stream);
  const bell = createBell(stream.signal);
  let position = after;
  let last: JobEvent | undefined;
  const unsubscribe = hub.subscribe(jobId, {
    // What is already sent is told as well, when somebody else begins to watch.
    appended: (seq) => seq > position && bell.ring(),
    live: liveFrames.offer,
    deleted: bell.ring,
  });
  try {
    if (live !== undefined) liveFrames.offer(live);
    for (;;) {
      const events = await hub.readEvents(jobId, { after: position, limit: pageSize });
      for (const event of events) {
        position = event.seq;
        await stream.send(eventFrame(event));
      }
      last = events.at(-1) ?? last;
      if (events.length === pageSize) continue;
      // A terminal event may be followed by `retried`: only the end of the log ends the stream.
      if (last !== undefined && isTerminalEvent(last)) return;
      // Only at the beginning and after a deletion is there nothing to read.
      if (events.length === 0 && (await hub.readJob(jobId)) === undefined) return;
      await bell.rung();
    }
  } finally {
    unsubscribe();
  }
}
