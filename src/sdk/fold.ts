import type { EventSourceMessage } from 'eventsource-parser';
import {
  eventSchema,
  isTerminal,
  type Job,
  type JobEvent,
  jobSchema,
  type Live,
  liveSchema,
  previewSchema,
  reduceJob,
  withLive,
} from '../protocol/index.ts';

/** What a watcher knows of a job. */
export interface Known {
  /** The fold over the log. */
  readonly job: Job;
  readonly live: Live | undefined;
  /** Path of the newest picture of a frame. */
  readonly preview: string | undefined;
  /** What to show: the fold with the newest live figures over it, the bar never going back. */
  readonly shown: Job;
}

/**
 * Folds one message of the event stream in. Pure. Types this version does not know change nothing.
 *
 * @throws {UnreadableMessage} when the message is not as the protocol says, or an event is missing before it.
 */
export function foldMessage(known: Known | undefined, message: EventSourceMessage): Known | undefined {
  try {
    return fold(known, message);
  } catch (cause) {
    throw new UnreadableMessage(`The message ${message.id ?? ''} (${message.event}) cannot be followed.`, {
      cause,
    });
  }
}

export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

/** Takes over a whole state that the server gave. Its live figures are in it already. */
export function adopt(known: Known | undefined, job: Job): Known {
  return show({ job, live: undefined, preview: undefined, shown: known?.shown ?? job });
}

/** Takes the newest live figures over. */
export function foldLive(known: Known, live: Live): Known {
  return show({ ...known, live });
}

/** Folds one event of the log in. @throws {RangeError} when an event is missing before it. */
export function foldEvent(known: Known | undefined, event: JobEvent): Known {
  const job = reduceJob(known?.job, event);
  if (known === undefined) return adopt(undefined, job);
  // The figures of an attempt say nothing about the next one.
  return job.attempt === known.job.attempt ? show({ ...known, job }) : adopt(known, job);
}

/** Whether a message of this type carries an event of the log. */
export function isEventKind(type: string): boolean {
  return eventKinds.includes(type);
}

function fold(known: Known | undefined, message: EventSourceMessage): Known | undefined {
  switch (message.event) {
    case undefined:
      return known;
    case 'snapshot':
      return adopt(known, jobSchema.parse(JSON.parse(message.data)));
    case 'progress':
      return known && foldLive(known, liveSchema.parse(JSON.parse(message.data)));
    case 'preview':
      return known && show({ ...known, preview: previewSchema.parse(JSON.parse(message.data)).url });
    default:
      if (!isEventKind(message.event)) return known;
      return foldEvent(known, eventSchema.parse(JSON.parse(message.data)));
  }
}

const eventKinds: readonly string[] = eventSchema.options.map((option) => option.shape.kind.value);
function show({ job, live, preview, shown: before }: Known): Known {
  return {
    job,
    live,
    preview,
    shown: isTerminal(job.status) ? job : overlay({ job, live, preview, before }),
  };
}

function overlay(input: Omit<Known, 'shown'> & { readonly before: Job }): Job {
  const { job, live, preview, before } = input;
  const current = withLive(job, live);
  const reached = before.attempt === job.attempt && !isTerminal(before.status) ? before.progress : 0;
  return {
    ...current,
    progress: Math.max(current.progress, reached),
    preview: preview ?? current.preview,
  };
}
