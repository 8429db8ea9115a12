import type { Job, JobEvent, Live } from '../../protocol/index.ts';

/** The pieces of a `text/event-stream` body. JSON has no line breaks of its own, so each frame has one `data` line. */

/** How long a browser waits before it connects again. */
export const retryFrame = 'retry: 2000\n\n';

/** A comment: keeps proxies from cutting a silent line, and no client sees it. */
export const heartbeatFrame = ': still here\n\n';

/** The whole job; its id is that of the last event folded in, so a reconnect continues behind it. */
export function snapshotFrame(job: Job): string {
  return `event: snapshot\nid: ${job.seq}\ndata: ${JSON.stringify(job)}\n\n`;
}

export function eventFrame(event: JobEvent): string {
  return `event: ${event.kind}\nid: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Without an id: live figures are not kept, so no position in the log stands for them. */
export function progressFrame(live: Live): string {
  return `event: progress\ndata: ${JSON.stringify(live)}\n\n`;
}

export function previewFrame(url: string): string {
  return `event: preview\ndata: ${JSON.stringify({ url })}\n\n`;
}
