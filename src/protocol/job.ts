import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { etaRangeSchema, queuePlaceSchema, rateSchema, stageUnitsSchema, workSchema } from './work-units.ts';

/** The stages of an export, in the order they run (render and mix overlap). */
export const stageNames = ['narrate', 'fetch', 'plan', 'render', 'mix', 'finish'] as const;
export type StageName = (typeof stageNames)[number];

export const jobStatuses = [
  'queued',
  'running',
  'paused',
  'cancelling',
  'completed',
  'failed',
  'cancelled',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const terminalStatuses = ['completed', 'failed', 'cancelled'] as const;
export type TerminalStatus = (typeof terminalStatuses)[number];

export function isTerminal(status: JobStatus): status is TerminalStatus {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/** Whose work is done first, where several jobs wait. */
export const priorities = ['low', 'normal', 'high'] as const;
export type Priority = (typeof priorities)[number];

export const stageSchema = z.strictObject({
  name: z.enum(stageNames),
  status: z.enum(['pending', 'running', 'done']),
  done: z.int().min(0).describe('Finished tasks, stored results included.'),
  total: z.int().min(0).describe('Known tasks.'),
  cached: z.int().min(0).describe('How many of them were not done again because the result was stored.'),
  units: stageUnitsSchema
    .optional()
    .describe('The same in units that people count: frames, passages. Absent until they are known.'),
  activity: z.string().optional().describe('What it is doing, in words: "Drawing 812 of 1830 frames".'),
});
export type Stage = z.output<typeof stageSchema>;

/** What a finished video is, measured on the file itself. */
export const mediaFactsSchema = z.strictObject({
  durationSeconds: z.number(),
  width: z.int().describe('Pixels.'),
  height: z.int().describe('Pixels.'),
  fps: z.number(),
  frameCount: z.int(),
  videoCodec: z.string().describe('h264, hevc, av1 or vp9.'),
  audioCodec: z.string().describe('aac or opus.'),
  lufs: z.number().nullable().describe('Integrated loudness (ITU-R BS.1770-4); null for silence.'),
  truePeakDbtp: z.number().nullable().describe('True peak; null for silence.'),
});
export type MediaFacts = z.output<typeof mediaFactsSchema>;

export const artifactSchema = z.strictObject({
  name: z
    .string()
    .describe(
      'File name: video.mp4, captions.srt, poster.jpg; of a named output shorts-video.mp4 and so on.',
    ),
  url: z.string().describe('Path on this server.'),
  contentType: z.string(),
  sizeBytes: z.int().min(0),
  sha256: z.string(),
  media: mediaFactsSchema
    .optional()
    .describe('Of a video: what was found when the finished file was opened again.'),
});
export type Artifact = z.output<typeof artifactSchema>;

/** What does not stop an export, but that somebody should know. */
export const warningSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  scene: z.string().optional().describe('The scene it is about; absent for the whole video.'),
});
export type Warning = z.output<typeof warningSchema>;

/** A warning as a person reads it. */
export function warningText({ scene, message }: Warning): string {
  return scene === undefined ? message : `${scene}: ${message}`;
}

const timestamp = z.iso.datetime().describe('RFC 3339, UTC.');

/** A job as everybody sees it: the fold over its log, with the newest live progress laid over it. */
export const jobSchema = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  status: z.enum(jobStatuses),
  stage: z.enum(stageNames).nullable().describe('The earliest stage that is running.'),
  progress: z.number().min(0).max(1).describe('Done work over all work. 1 only when completed.'),
  work: workSchema.nullable().describe('The same in estimated seconds of work; null until it is known.'),
  etaSeconds: z.number().min(0).nullable().describe('Until the job is done: the middle of `etaRange`.'),
  etaRange: etaRangeSchema.nullable().describe('Between what it is likely to be.'),
  rate: rateSchema.nullable().describe('How fast frames are drawn; null while none are.'),
  queue: queuePlaceSchema.nullable().describe('While it waits for the work of other jobs.'),
  stages: z.array(stageSchema),
  artifacts: z.array(artifactSchema),
  warnings: z.array(warningSchema),
  error: failureSchema.nullable(),
  activity: z.string().nullable().describe('What is being done, in words.'),
  preview: z.string().nullable().describe('Path of a small JPEG of a frame drawn lately.'),
  attempt: z.int().min(1),
  priority: z.enum(priorities),
  isPausing: z.boolean().describe('It will be paused when what is being done now is done.'),
  seq: z.int().min(0).describe('Number of the last event folded in.'),
  lastProgressAt: timestamp.describe('When anything last got done or happened.'),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
});
export type Job = z.output<typeof jobSchema>;
