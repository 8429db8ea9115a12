import { z } from 'zod';
import { eventSchema, liveSchema } from './events.ts';

/**
 * What the stream of all jobs carries, beside `snapshot` (a Job): nothing that could be mistaken for a message of one
 * job's own stream.
 */

const jobId = z.uuid();

/** Data of each logged event; the SSE type is the event's `kind`. */
export const eventOfJobSchema = z.strictObject({ jobId, event: eventSchema });
export type EventOfJob = z.output<typeof eventOfJobSchema>;

/** Data of `progress`. */
export const liveOfJobSchema = z.strictObject({ jobId, live: liveSchema });
export type LiveOfJob = z.output<typeof liveOfJobSchema>;

/** Data of `listed`, which ends the list of snapshots a connection begins with. */
export const listedSchema = z.strictObject({
  jobIds: z.array(jobId).describe('All jobs of the list: forget every other one.'),
});
export type Listed = z.output<typeof listedSchema>;

/** Data of `deleted`. */
export const deletedJobSchema = z.strictObject({ jobId });
export type DeletedJob = z.output<typeof deletedJobSchema>;
