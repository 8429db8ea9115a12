import { z } from 'zod';
import { limits } from '../protocol/index.ts';

/** `?ids=a,b`: the jobs of these ids, of which some may not exist. */
export const jobIdsSchema = z
  .string()
  .transform((text) => text.split(',').map((id) => id.trim().toLowerCase()))
  .pipe(z.array(z.uuid()).max(limits.watchedIds))
  .optional()
  .describe(`Only these jobs: up to ${limits.watchedIds}, separated by commas.`);
