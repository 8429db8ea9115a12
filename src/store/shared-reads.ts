import { setImmediate } from 'node:timers/promises';
import type { JobEvent } from '../protocol/index.ts';
import type { Database } from './database.ts';
import { type EventPage, readEvents } from './events.ts';

export type ReadEvents = (jobId: string, page: EventPage) => Promise<readonly JobEvent[]>;

/**
 * Reads logs for many watchers that were told of one event together: who asks for the same in the same turn of the event
 * loop shares one query. It begins after the last of them asked, so none gets an answer older than what it was told.
 */
export function createSharedReads(database: Database): ReadEvents {
  const asked = new Map<string, Promise<readonly JobEvent[]>>();
  return (jobId, page) => {
    const key = `${jobId} ${page.after} ${page.limit}`;
    const known = asked.get(key);
    if (known !== undefined) return known;
    const reading = setImmediate().then(() => {
      asked.delete(key);
      return readEvents(database, jobId, page);
    });
    asked.set(key, reading);
    return reading;
  };
}
