import { z } from 'zod';
import { errorCodes } from './errors.ts';

/** Where in the input or the job a failure is. Lines and columns count from 1. */
export const errorPlaceSchema = z.strictObject({
  line: z.int().optional(),
  column: z.int().optional(),
  scene: z.string().optional(),
  stage: z.string().optional(),
  task: z.string().optional(),
  field: z.string().optional(),
});
export type ErrorPlace = z.output<typeof errorPlaceSchema>;

/** One field of a request that does not match its schema. */
export const issueSchema = z.strictObject({ path: z.string(), message: z.string() });
export type Issue = z.output<typeof issueSchema>;

/** A failure as data: what a failed job carries, and what a problem+json body extends (see problem.ts). */
export const failureSchema = z.strictObject({
  code: z.enum(errorCodes),
  title: z.string(),
  detail: z.string(),
  action: z.string(),
  retryable: z.boolean(),
  fault: z.enum(['yours', 'ours', 'provider']),
  place: errorPlaceSchema.optional(),
  issues: z.array(issueSchema).optional(),
});
export type Failure = z.output<typeof failureSchema>;
