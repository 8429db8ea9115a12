import { z } from 'zod';
import type { Json } from '../engine/contract.ts';
import {
  compositionSchema,
  deliveryNames,
  encodingSchema,
  loudnessSchema,
  videoSchema,
} from '../protocol/index.ts';
import { resolveOutput } from './resolve-output.ts';

/** One of the videos a job makes, with every setting decided. */
export const exportOutputSchema = z.strictObject({
  /** Begins the names of its files; null for the only one, whose files are called video.mp4 and so on. */
  name: z.string().nullable(),
  preset: z.enum(deliveryNames).nullable(),
  video: videoSchema,
  encoding: encodingSchema,
  loudness: loudnessSchema,
});
export type ExportOutput = z.output<typeof exportOutputSchema>;

/**
 * What a job of this pipeline is made from: a composition whose every source is an `asset:` id or an http(s) URL and
 * whose voice is known to exist, and the videos to make of it. Each output's size and loudness stand for the composition's.
 */
export const exportInputSchema = z
  .strictObject({
    composition: compositionSchema,
    /** Absent in jobs that were ordered before there were outputs: those make one, as the composition says. */
    outputs: z.array(exportOutputSchema).min(1).optional(),
  })
  .transform(({ composition, outputs }) => ({
    composition,
    outputs: outputs ?? [resolveOutput(composition)],
  }));
export type ExportInput = z.output<typeof exportInputSchema>;

/** Parsed data as JSON: drops the members that are undefined, which JSON does not have. */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

export function isRemote(source: string): boolean {
  return /^https?:\/\//i.test(source);
}
