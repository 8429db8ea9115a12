import { readFile } from 'node:fs/promises';
import type { Clip, Music, Warning } from '../protocol/index.ts';
import { assetKey } from '../storage/asset-key.ts';
import type { Storage } from '../storage/contract.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { ResolvedEncoding } from './resolve-encodings.ts';

/** What the plan stage stores: all that the later stages do, in exact frames and samples. */
export interface PlanFile {
  readonly timeline: Timeline;
  readonly encodings: readonly ResolvedEncoding[];
  readonly chunks: readonly PlannedChunk[];
  readonly sounds: PlannedSounds;
  /** What the person who ordered the video should know. */
  readonly warnings: readonly Warning[];
}

export interface PlannedChunk {
  /** One for each of the plan's encodings, in their order. */
  readonly keys: readonly string[];
  readonly startFrame: number;
  readonly frameCount: number;
  /** What its frames take to draw and encode, beside frames of which every pixel changes: 1 is as much. */
  readonly weight: number;
}

/** Everything that is heard. Samples are at 48 kHz from the start; sources are `asset:` ids. */
export interface PlannedSounds {
  readonly totalSamples: number;
  readonly speech: readonly { readonly soundKey: string; readonly startSample: number }[];
  readonly voiceOvers: readonly {
    readonly source: string;
    readonly startSample: number;
    readonly gainDb: number;
    /** Where somebody speaks in it, in seconds from its start. */
    readonly speech: readonly { readonly startSeconds: number; readonly endSeconds: number }[];
  }[];
  readonly clips: readonly PlannedClipSound[];
  readonly music?: Music;
}

export interface PlannedClipSound
  extends Pick<Clip, 'source' | 'startSeconds' | 'speed' | 'loop' | 'gainDb'> {
  readonly endSeconds: number;
  readonly startSample: number;
  readonly sampleCount: number;
}

/** Reads a stored plan. It was written by the same version of the code: its key carries the hash of the source. */
export async function readPlanFile(file: string): Promise<PlanFile> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Local files of what the timeline shows and writes with, by source. */
export async function visualPaths(storage: Storage, { timeline }: PlanFile): Promise<Record<string, string>> {
  const { scenes, brand } = timeline;
  const sources = scenes.flatMap(({ picture, clip, pictures }) => [picture, clip, ...pictures]);
  const own = [brand?.logo?.source, brand?.fonts?.heading, brand?.fonts?.body];
  return pathsOf(storage, [...sources.map((visual) => visual?.source), ...own]);
}

/** Local files by source; sources are `asset:` ids. */
export async function pathsOf(
  storage: Storage,
  sources: readonly (string | undefined)[],
): Promise<Record<string, string>> {
  const distinct = [...new Set(sources)].filter((source) => source !== undefined);
  const paths = distinct.map(async (source) => [source, await storage.localPath(assetKey(source))] as const);
  return Object.fromEntries(await Promise.all(paths));
}
