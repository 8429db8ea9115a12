import { z } from 'zod';
import { compositionSchema } from './composition.ts';
import { jobSchema, priorities } from './job.ts';
import { limits } from './limits.ts';
import { outputSchema } from './output.ts';
import { webhookSchema } from './webhook.ts';

/** `asset:` and the SHA-256 of the file's bytes, in hex. */
export const assetIdSchema = z.string().regex(/^asset:[0-9a-f]{64}$/, { error: 'must be asset:<sha256>' });

/** Body of `POST /api/jobs`: exactly one of `script` and `composition`. */
export const createJobSchema = z
  .strictObject({
    id: z
      .uuid()
      .toLowerCase()
      .optional()
      .describe('Chosen by the client, so that it can open the event stream first.'),
    script: z.string().optional().describe('A Markdown script: see docs/script-language.md.'),
    composition: compositionSchema.optional(),
    output: outputSchema.optional().describe('How the video is made.'),
    outputs: z
      .array(outputSchema.required({ name: true }))
      .min(1)
      .max(limits.outputsPerJob)
      .optional()
      .describe(
        'Several videos of one job, instead of output. They share the speech and what is drawn alike.',
      ),
    assets: z
      .record(z.string().max(500), assetIdSchema)
      .optional()
      .describe('Names used in the script, and the uploaded asset each stands for.'),
    priority: z
      .enum(priorities)
      .optional()
      .describe('Whose work is done first, where several jobs wait; normal when absent.'),
    webhook: webhookSchema.optional(),
  })
  .refine((body) => (body.script === undefined) !== (body.composition === undefined), {
    error: 'give exactly one of script and composition',
  })
  .refine((body) => body.output === undefined || body.outputs === undefined, {
    error: 'give either output or outputs',
  })
  .refine(({ outputs = [] }) => new Set(outputs.map(({ name }) => name)).size === outputs.length, {
    path: ['outputs'],
    error: 'each output needs a name of its own',
  });
export type CreateJob = z.input<typeof createJobSchema>;

export const jobListSchema = z.strictObject({
  jobs: z.array(jobSchema),
  nextCursor: z.string().nullable().describe('Pass as ?cursor= for older jobs.'),
});
export type JobList = z.output<typeof jobListSchema>;

/** What an uploaded file is used as. timing: when the words of a recorded voice are said. */
export const assetKinds = ['picture', 'audio', 'video', 'font', 'timing'] as const;

export const assetSchema = z.strictObject({
  id: assetIdSchema,
  name: z.string().describe('The file name it was uploaded under.'),
  kind: z.enum(assetKinds),
  contentType: z.string(),
  sizeBytes: z.int(),
  width: z.int().optional().describe('Pixels, pictures and videos.'),
  height: z.int().optional().describe('Pixels, pictures and videos.'),
  durationSeconds: z.number().optional().describe('Sounds, videos and animated pictures.'),
});
export type Asset = z.output<typeof assetSchema>;

/** What `POST /api/assets` answers: one asset for each file, in the order sent. */
export const assetListSchema = z.strictObject({ assets: z.array(assetSchema) });
export type AssetList = z.output<typeof assetListSchema>;

export const voiceInfoSchema = z.strictObject({
  provider: z.string(),
  name: z.string(),
  label: z.string().describe('For people: "English (Great Britain)".'),
  language: z.string().describe('BCP 47.'),
});
export type VoiceInfo = z.output<typeof voiceInfoSchema>;

/** What `GET /api/voices` answers. */
export const voiceListSchema = z.strictObject({ voices: z.array(voiceInfoSchema) });
export type VoiceList = z.output<typeof voiceListSchema>;

export const healthSchema = z.strictObject({
  status: z.enum(['ok', 'unhealthy']),
  version: z.string(),
  database: z.enum(['pglite', 'postgresql']),
  checks: z.record(z.string(), z.strictObject({ ok: z.boolean(), detail: z.string() })),
});
export type Health = z.output<typeof healthSchema>;
