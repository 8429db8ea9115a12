import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { artifactSchema, priorities, stageNames, stageSchema, warningSchema } from './job.ts';
import { etaRangeSchema, queuePlaceSchema, rateSchema, workSchema } from './work-units.ts';

const at = z.iso.datetime().describe('When it was appended, RFC 3339, UTC.');
const seq = z.int().min(1).describe('Position in the job’s log, gapless from 1.');
const progress = z.number().min(0).max(1);

/** How far a job is, apart from the bar itself. */
const figures = {
  work: workSchema.optional(),
  etaSeconds: z.number().min(0).nullable(),
  etaRange: etaRangeSchema.nullish(),
  rate: rateSchema.nullish(),
  lastProgressAt: z.iso.datetime().optional(),
};

const logged = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), seq, at, ...shape });

/**
 * The events that are kept: together they are the truth about a job. Their `kind` is the SSE event type and their
 * `seq` its id. No kind is named `error`, `open` or `message`: EventSource has its own events of those names.
 */
export const eventSchema = z.discriminatedUnion('kind', [
  logged('created', {
    jobId: z.uuid(),
    title: z.string(),
    stages: z.array(stageSchema),
    priority: z.enum(priorities).optional().describe('normal when absent.'),
  }),
  logged('started', {}),
  logged('stage', {
    stages: z.array(stageSchema).describe('All stages, as they now are.'),
    stage: z.enum(stageNames).nullable(),
    progress,
    ...figures,
  }),
  logged('log', { message: z.string() }),
  logged('warning', warningSchema.shape),
  logged('artifact', { artifact: artifactSchema }),
  logged('pausing', {}),
  logged('paused', {}),
  logged('resumed', {}),
  logged('cancelling', {}),
  logged('retried', { attempt: z.int().min(2), stages: z.array(stageSchema) }),
  logged('completed', { artifacts: z.array(artifactSchema).min(1) }),
  logged('failed', { error: failureSchema }),
  logged('cancelled', {}),
]);
export type JobEvent = z.output<typeof eventSchema>;
export type JobEventKind = JobEvent['kind'];

/** An event before the log has given it its number and time. */
export type NewJobEvent = JobEvent extends infer Event
  ? Event extends JobEvent
    ? Omit<Event, 'seq' | 'at'>
    : never
  : never;

/** The newest live figures of a job: coalesced, never stored one by one, sent without an id. */
export const liveSchema = z.strictObject({
  progress,
  stage: z.enum(stageNames).nullable(),
  ...figures,
  queue: queuePlaceSchema.optional().describe('Only while the job waits for others.'),
  units: z
    .partialRecord(z.enum(stageNames), z.int().min(0))
    .optional()
    .describe('Units done so far of the stages that run.'),
  preview: z.string().nullable(),
  activity: z.string().nullable().describe('What is being done, for a person: "Drawing frame 812 of 1830".'),
});
export type Live = z.output<typeof liveSchema>;

/** Data of the stream's `preview` messages: the path of a small JPEG of a frame drawn lately. */
export const previewSchema = z.strictObject({ url: z.string() });

export const terminalKinds = ['completed', 'failed', 'cancelled'] as const satisfies readonly JobEventKind[];

export function isTerminalEvent(event: Pick<JobEvent, 'kind'>): boolean {
  return (terminalKinds as readonly string[]).includes(event.kind);
}
