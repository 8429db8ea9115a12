import type { EventSourceMessage } from 'eventsource-parser';
import {
  deletedJobSchema,
  eventOfJobSchema,
  type Job,
  jobSchema,
  listedSchema,
  liveOfJobSchema,
} from '../protocol/index.ts';
import { adopt, foldEvent, foldLive, isEventKind, type Known, UnreadableMessage } from './fold.ts';

/** What has just happened to a list of jobs. */
export type ListChange =
  /** All of it came: at the beginning, and again after every reconnect. */
  | { readonly kind: 'listed' }
  /** A job changed, or joined the list. */
  | { readonly kind: 'changed'; readonly job: Job }
  | { readonly kind: 'deleted'; readonly jobId: string };

/** What a watcher knows of a list of jobs. */
export interface KnownList {
  readonly jobs: ReadonlyMap<string, Known>;
  /** The list has come as a whole, at least once. */
  readonly isComplete: boolean;
  /** What the last message changed; nothing when undefined. */
  readonly change: ListChange | undefined;
}

const nothing: KnownList = { jobs: new Map(), isComplete: false, change: undefined };

/**
 * Folds one message of the stream of all jobs in. Pure. Types this version does not know change nothing.
 *
 * @throws {UnreadableMessage} when the message is not as the protocol says, or an event is missing before it.
 */
export function foldListMessage(list: KnownList = nothing, message: EventSourceMessage): KnownList {
  try {
    return fold(list, message.event ?? '', JSON.parse(message.data));
  } catch (cause) {
    throw new UnreadableMessage(`A message (${message.event}) cannot be followed.`, { cause });
  }
}

/** Takes over a whole list that the server gave. A job it gave before it was as far is kept as it is known. */
export function adoptList(list: KnownList = nothing, jobs: readonly Job[]): KnownList {
  const adopted = jobs.map((job): [string, Known] => {
    const known = list.jobs.get(job.id);
    return [job.id, known !== undefined && known.job.seq > job.seq ? known : adopt(known, job)];
  });
  return { jobs: new Map(adopted), isComplete: true, change: { kind: 'listed' } };
}

function fold(list: KnownList, type: string, data: unknown): KnownList {
  switch (type) {
    case 'snapshot': {
      const job = jobSchema.parse(data);
      return withJob(list, adopt(list.jobs.get(job.id), job));
    }
    case 'listed': {
      const listed = new Set(listedSchema.parse(data).jobIds);
      const jobs = new Map([...list.jobs].filter(([jobId]) => listed.has(jobId)));
      return { jobs, isComplete: true, change: { kind: 'listed' } };
    }
    case 'progress': {
      const { jobId, live } = liveOfJobSchema.parse(data);
      const known = list.jobs.get(jobId);
      return known === undefined ? unchanged(list) : withJob(list, foldLive(known, live));
    }
    case 'deleted':
      return withoutJob(list, deletedJobSchema.parse(data).jobId);
    default: {
      if (!isEventKind(type)) return unchanged(list);
      const { jobId, event } = eventOfJobSchema.parse(data);
      return withJob(list, foldEvent(list.jobs.get(jobId), event));
    }
  }
}

function unchanged(list: KnownList): KnownList {
  return { ...list, change: undefined };
}

function withJob(list: KnownList, known: Known): KnownList {
  const job = known.shown;
  const isSame = JSON.stringify(list.jobs.get(job.id)?.shown) === JSON.stringify(job);
  const jobs = new Map(list.jobs).set(job.id, known);
  return { ...list, jobs, change: isSame ? undefined : { kind: 'changed', job } };
}

function withoutJob(list: KnownList, jobId: string): KnownList {
  const jobs = new Map(list.jobs);
  jobs.delete(jobId);
  return { ...list, jobs, change: { kind: 'deleted', jobId } };
}
