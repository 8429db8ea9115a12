import { readFile } from 'node:fs/promises';
import type { Music } from '../protocol/index.ts';
import { assetKey } from '../storage/asset-key.ts';
import type { Storage } from '../storage/contract.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** What the plan stage stores: all that the later stages do, in exact frames and samples. */
export interface PlanFile {
  readonly timeline: Timeline;
  readonly chunks: readonly PlannedChunk[];
  /** Where each spoken passage lies, in samples at 48 kHz from the start. */
  readonly speech: readonly { readonly soundKey: string; readonly startSample: number }[];
  /** Its source is an `asset:` id. */
  readonly music?: Music;
}

export interface PlannedChunk {
  readonly key: string;
  readonly startFrame: number;
  readonly frameCount: number;
}

/** Reads a stored plan. It was written by the same version of the code: its key carries the hash of the source. */
export async function readPlanFile(file: string): Promise<PlanFile> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Local files of the timeline's pictures, by source. */
export async function picturePaths(
  storage: Storage,
  { timeline }: PlanFile,
): Promise<Record<string, string>> {
  const sources = new Set(timeline.scenes.flatMap(({ picture }) => (picture ? [picture.source] : [])));
  const paths: Record<string, string> = {};
  for (const source of sources) paths[source] = await storage.localPath(assetKey(source));
  return paths;
}
