import { eventSchema, type Job, type JobEvent, jobSchema, reduceJob } from '../../src/protocol/index.ts';
import { openRaw, type RawStream } from './raw-stream.ts';

interface Hops {
  readonly jobId: string;
  /** Where the next connection goes. */
  readonly port: () => number;
  readonly by: 'header' | 'query';
  /** The first connection asks for the whole log; otherwise for a snapshot. */
  readonly fromTheStart: boolean;
  /** Called with no connection open, after each event and before the next one is asked for. */
  readonly between?: (event: JobEvent) => Promise<void>;
}

export interface Hopped {
  /** The whole state it was given first, if it was given one. */
  readonly snapshot: Job | undefined;
  /** One for each connection, in the order they came. */
  readonly events: readonly JobEvent[];
  /** What they fold to. */
  readonly state: Job | undefined;
}

/**
 * Follows a job to its end over the worst of lines: every connection is cut right after the first event it brings, and the
 * next one resumes behind that. Ends when the server says that nothing is left.
 */
export async function hopToEnd(hops: Hops): Promise<Hopped> {
  let position = hops.fromTheStart ? '0' : undefined;
  let snapshot: Job | undefined;
  let state: Job | undefined;
  const events: JobEvent[] = [];
  for (;;) {
    const message = await oneMessage(hops, position);
    if (message === undefined) return { snapshot, events, state };
    position = message.id;
    if (message.event === 'snapshot') {
      snapshot = jobSchema.parse(JSON.parse(message.data));
      state = snapshot;
    } else {
      const event = eventSchema.parse(JSON.parse(message.data));
      events.push(event);
      state = reduceJob(state, event);
      await hops.between?.(event);
    }
  }
}

/** The first message that has an id; undefined for a 204. */
async function oneMessage({ jobId, port, by }: Hops, position: string | undefined) {
  const path = `/api/jobs/${jobId}/events`;
  const query = by === 'query' && position !== undefined ? `?lastEventId=${position}` : '';
  const headers = by === 'header' && position !== undefined ? { 'Last-Event-ID': position } : {};
  const stream = await openRaw(port(), path + query, { headers });
  try {
    await stream.until((current) => current.status === 204 || firstWithId(current) !== undefined);
    return firstWithId(stream);
  } finally {
    stream.socket.destroy();
  }
}

function firstWithId({ messages }: RawStream) {
  return messages.find(({ id }) => id !== undefined);
}
