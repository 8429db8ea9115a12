import { createParser } from 'eventsource-parser';
import { eventSchema, type JobEvent } from '../../src/protocol/index.ts';

/** All events of a job that has ended, as its stream tells them. */
export async function readLog(url: string, jobId: string): Promise<JobEvent[]> {
  const response = await fetch(`${url}/api/jobs/${jobId}/events?lastEventId=0`);
  const events: JobEvent[] = [];
  const parser = createParser({
    onEvent({ id, data }) {
      if (id !== undefined) events.push(eventSchema.parse(JSON.parse(data)));
    },
  });
  parser.feed(await response.text());
  return events;
}
