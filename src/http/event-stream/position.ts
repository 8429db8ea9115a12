import type { Job } from '../../protocol/index.ts';
import { isTerminal } from '../../protocol/index.ts';

/** How a stream begins: with which frame, and behind which event. */
export type Start =
  | { readonly kind: 'nothing-left' }
  | { readonly kind: 'resume'; readonly after: number }
  | { readonly kind: 'snapshot'; readonly after: number };

/**
 * A client that names the last event it has gets those after it and nothing twice. One that names none, or one that the log
 * does not have, gets the whole job. The stream of an ended job always ends with its terminal event: it is repeated
 * behind the snapshot, where folding it again changes nothing.
 */
export function startOf(job: Job, position: number | undefined): Start {
  if (position !== undefined && isTerminal(job.status) && position >= job.seq)
    return { kind: 'nothing-left' };
  if (position !== undefined && position <= job.seq) return { kind: 'resume', after: position };
  return { kind: 'snapshot', after: afterSnapshot(job) };
}

/** Where the events behind a snapshot begin. */
export function afterSnapshot(job: Job): number {
  return isTerminal(job.status) ? job.seq - 1 : job.seq;
}

/**
 * The number in `Last-Event-ID`, or else in `?lastEventId=`: a rebuilt EventSource cannot send the header. Undefined
 * when neither is a number of the form we give.
 */
export function parsePosition(header: string | undefined, query: string | undefined): number | undefined {
  const text = header ?? query ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
