import { z } from 'zod';
import type { StageName } from './job.ts';

/** What the work of a stage is counted in, as people would. */
export const unitKinds = ['passages', 'files', 'plans', 'frames', 'seconds', 'steps'] as const;
export type UnitKind = (typeof unitKinds)[number];

export const unitKindOf = {
  narrate: 'passages',
  fetch: 'files',
  plan: 'plans',
  render: 'frames',
  mix: 'seconds',
  finish: 'steps',
} as const satisfies Record<StageName, UnitKind>;

export const stageUnitsSchema = z.strictObject({
  kind: z.enum(unitKinds).describe('seconds: of sound.'),
  done: z.int().min(0).describe('Stored results included.'),
  total: z.int().min(0),
  cached: z.int().min(0).describe('How many of them were found stored.'),
});
export type StageUnits = z.output<typeof stageUnitsSchema>;

/** What a stage is doing, for a person: "Drawing 812 of 1830 frames". */
export function describeWork(stage: StageName, units: Pick<StageUnits, 'done' | 'total'>): string {
  return wordsFor[stage](`${units.done} of ${units.total}`, units.total === 1 ? '' : 's');
}

type Words = (count: string, plural: string) => string;

const wordsFor = {
  narrate: (count, s) => `Speaking ${count} passage${s}`,
  fetch: (count, s) => `Fetching ${count} file${s}`,
  plan: () => 'Planning every frame',
  render: (count, s) => `Drawing ${count} frame${s}`,
  mix: (count, s) => `Mixing ${count} second${s} of sound`,
  finish: (count, s) => `Putting the file together, ${count} step${s}`,
} as const satisfies Record<StageName, Words>;

export const workSchema = z.strictObject({
  doneSeconds: z.number().min(0),
  totalSeconds: z.number().min(0),
});

export const rateSchema = z.strictObject({
  framesPerSecond: z.number().min(0),
  timesRealTime: z.number().min(0).describe('Seconds of video drawn in a second.'),
});

export const etaRangeSchema = z.strictObject({
  lowSeconds: z.number().min(0),
  highSeconds: z.number().min(0),
});

export const queuePlaceSchema = z.strictObject({
  jobsAhead: z.int().min(0),
  etaSeconds: z.number().min(0).describe('Until the work of those is done.'),
});
