import type { DeletedJob, EventOfJob, Job, JobEvent, Listed, Live, LiveOfJob } from '../../protocol/index.ts';

/** The pieces of a `text/event-stream` body. JSON has no line breaks of its own, so each frame has one `data` line. */

/** How long a browser waits before it connects again. */
export const retryFrame = 'retry: 2000\n\n';

/** A comment: keeps proxies from cutting a silent line, and no client sees it. */
export const heartbeatFrame = ': still here\n\n';

/** The whole job; its id is that of the last event folded in, so a reconnect continues behind it. */
export const snapshotFrame = encodedOnce(
  (job: Job) => `event: snapshot\nid: ${job.seq}\ndata: ${JSON.stringify(job)}\n\n`,
);

export const eventFrame = encodedOnce(
  (event: JobEvent) => `event: ${event.kind}\nid: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`,
);

/** Without an id: live figures are not kept, so no position in the log stands for them. */
export const progressFrame = encodedOnce(
  (live: Live) => `event: progress\ndata: ${JSON.stringify(live)}\n\n`,
);

export function previewFrame(url: string): string {
  return `event: preview\ndata: ${JSON.stringify({ url })}\n\n`;
}

/** The frames of the stream of all jobs. None has an id: a client that comes back gets the list anew. */

export function jobSnapshotFrame(job: Job): string {
  return `event: snapshot\ndata: ${JSON.stringify(job)}\n\n`;
}

/** Every job of the list has come: what is not in it does not belong to it. */
export function listedFrame(jobIds: readonly string[]): string {
  return `event: listed\ndata: ${JSON.stringify({ jobIds: [...jobIds] } satisfies Listed)}\n\n`;
}

export function jobEventFrame(jobId: string, event: JobEvent): string {
  return `event: ${event.kind}\ndata: ${JSON.stringify({ jobId, event } satisfies EventOfJob)}\n\n`;
}

export function jobProgressFrame(jobId: string, live: Live): string {
  return `event: progress\ndata: ${JSON.stringify({ jobId, live } satisfies LiveOfJob)}\n\n`;
}

export function deletedFrame(jobId: string): string {
  return `event: deleted\ndata: ${JSON.stringify({ jobId } satisfies DeletedJob)}\n\n`;
}

/** All watchers that were told of one thing together are sent the same bytes: they are made for the first of them. */
function encodedOnce<Value extends object>(toText: (value: Value) => string): (value: Value) => Buffer {
  const known = new WeakMap<Value, Buffer>();
  return (value) => {
    const bytes = known.get(value) ?? Buffer.from(toText(value));
    known.set(value, bytes);
    return bytes;
  };
}
