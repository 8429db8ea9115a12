import { z } from 'zod';
import { warningSchema } from './job.ts';
import { codecs, containers } from './output.ts';

const counts = {
  total: z.int().min(0),
  cached: z.int().min(0).describe('How many of them are stored and need no work.'),
};

/** What `POST /api/plan` answers: what an export would do, without doing it. */
export const exportPlanSchema = z.strictObject({
  title: z.string(),
  isExact: z
    .boolean()
    .describe('False while something must be spoken or fetched first: then lengths and times are estimates.'),
  passages: z.strictObject(counts).describe('Distinct passages of speech.'),
  fetches: z.int().min(0).describe('Remote files that would be fetched.'),
  outputs: z.array(
    z.strictObject({
      name: z.string().nullable(),
      width: z.int(),
      height: z.int(),
      fps: z.number(),
      codec: z.enum(codecs),
      container: z.enum(containers),
      durationSeconds: z.number(),
      frames: z.strictObject(counts),
      chunks: z.strictObject(counts),
      isMixed: z.boolean().describe('The sound is stored.'),
      isFinished: z.boolean().describe('The whole file is stored: nothing is left to do.'),
    }),
  ),
  scenes: z
    .array(z.strictObject({ id: z.string(), durationSeconds: z.number(), frames: z.strictObject(counts) }))
    .describe('As in the first output.'),
  warnings: z
    .array(warningSchema)
    .describe('What the export would warn of: characters no font has, a video longer than its site takes.'),
  storageBytes: z.number().describe('About how much the export adds to the store.'),
  workSeconds: z.number().describe('Estimated seconds of work on one core.'),
  estimatedSeconds: z.number().describe('How long it would take here if nothing else ran.'),
});
export type ExportPlan = z.output<typeof exportPlanSchema>;
