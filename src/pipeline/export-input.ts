import { z } from 'zod';
import type { Json } from '../engine/contract.ts';
import { compositionSchema } from '../protocol/index.ts';

/**
 * What a job of this pipeline is made from: a composition whose every source is an `asset:` id or an http(s) URL and
 * whose voice is known to exist.
 */
export const exportInputSchema = z.strictObject({ composition: compositionSchema });
export type ExportInput = z.output<typeof exportInputSchema>;

/** Parsed data as JSON: drops the members that are undefined, which JSON does not have. */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}

export function isRemote(source: string): boolean {
  return /^https?:\/\//i.test(source);
}
