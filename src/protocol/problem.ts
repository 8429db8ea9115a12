import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { jobStatuses } from './job.ts';

/** RFC 9457 problem details: what every HTTP error answers, as application/problem+json. */
export const problemSchema = failureSchema.extend({
  type: z.string(),
  status: z.int(),
  instance: z.string().describe('The request’s path.'),
  requestId: z.string(),
  jobStatus: z
    .enum(jobStatuses)
    .optional()
    .describe('The status of the job, where that is why the request was refused.'),
});
export type Problem = z.output<typeof problemSchema>;
