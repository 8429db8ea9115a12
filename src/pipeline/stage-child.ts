import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createChildPool, type Logger, reportTo, runChild, withDetails } from '../engine/index.ts';
import { AuraError, type ErrorCode, type Json, type StageName } from '../protocol/index.ts';
import type { PooledStage, StagesInput } from './children/stages.ts';
import { type InspectedMedia, inspectedMediaSchema } from './inspected-media.ts';
import type { RunStageChild } from './stage.ts';

const crashCodes = {
  narrate: 'narration_failed',
  fetch: 'fetch_failed',
  plan: 'internal',
  render: 'render_failed',
  mix: 'mix_failed',
  finish: 'finish_failed',
} as const satisfies Record<StageName, ErrorCode>;

/**
 * How long a child of each stage may say nothing, in seconds. Drawing reports every frame; speech and planning are short
 * and say nothing in between.
 */
const stallSeconds = {
  narrate: 120,
  fetch: 180,
  plan: 60,
  render: 60,
  mix: 120,
  finish: 120,
} as const satisfies Record<StageName, number>;

/**
 * When V8 collects long-lived objects depends on all memory it knows of. By its own reckoning the pixels of a few frames
 * are reason enough: collecting every eight frames took 1.9 ms a frame on all threads together. So it is told when to (`drawing-stage.ts`,
 * `children/stages.ts`).
 */
const v8Options = ['--heap-growing-percent=100', '--expose-gc'];

/**
 * What a script says first is spoken and planned before two can draw; and people change a video and export it again. Photographs
 * at 1080p leave a process with 125 to 160 MB, video clips with 180 to 200. No more wait than there are when a video is made: many
 * plans may be asked for at once. Where one spoken line has changed, one process mixes while two draw.
 */
const waiting = {
  ...{ pause: 1_500, start: 15_000, quiet: 120_000 },
  most: availableParallelism() + 1,
  expected: 3,
  ready: ['narrate', 'mix'],
  largestBytes: 160_000_000,
} as const;

const program = { modulePath: childModule('stages'), v8Options } as const;

/** The processes that do the work of this pipeline. */
export interface StageChildren {
  readonly run: RunStageChild;
  /** Plans without a job: nobody watches it. */
  plan(input: Json): Promise<Json>;
  /** Somebody is about to order a video: has processes ready for two minutes, unless others work. */
  expect(): void;
  close(): Promise<void>;
}

/**
 * The processes do one task after another, of whatever job and stage. What comes from strangers' servers is opened in a process
 * that does nothing else.
 *
 * @param options.worksHere False: jobs are done elsewhere, and only plans are made here. None waits for more then but those that made one.
 */
export function createStageChildren(
  logger: Logger,
  { worksHere = true }: { readonly worksHere?: boolean } = {},
): StageChildren {
  const pool = createChildPool(worksHere ? waiting : { ...waiting, expected: 0, ready: [] });
  const inStage = (stage: PooledStage, input: Json) => ({
    ...{ ...program, kind: stage },
    ...{ stallSeconds: stallSeconds[stage], crashCode: crashCodes[stage] },
    input: { stage, input } satisfies StagesInput,
  });
  return {
    run: ({ input, context, environment }) => {
      const { stage, name } = context.task;
      const watched = {
        signal: context.signal,
        onReport: reportTo(context),
        logger: withDetails(logger, { jobId: context.jobId, task: name }),
      };
      if (stage === 'fetch') return runChild({ ...watched, ...fetching, input });
      return pool.run({ ...watched, ...inStage(stage, input), owner: context.jobId, environment });
    },
    plan: (input) =>
      pool.run({
        ...inStage('plan', input),
        signal: AbortSignal.timeout(stallSeconds.plan * 1_000),
        onReport: () => {},
        ...{ logger, owner: 'plan' },
      }),
    expect: () => pool.expect(program),
    close: pool.close,
  };
}

const fetching = {
  modulePath: childModule('fetch'),
  stallSeconds: stallSeconds.fetch,
  crashCode: crashCodes.fetch,
} as const;

/**
 * Looks at an uploaded file in a process of its own: whatever a decoder does with it, the server goes on. What takes a
 * decoder longer than a minute (a small file can be made to) is given up.
 */
export function createInspectAsset(logger: Logger): (file: string, name: string) => Promise<InspectedMedia> {
  return async (file, name) => {
    const controller = new AbortController();
    const takesTooLong = new AuraError(
      'asset_unsupported',
      `“${name}” cannot be opened within ${inspectSeconds} s: save it simpler or smaller.`,
    );
    const timer = setTimeout(() => controller.abort(takesTooLong), inspectSeconds * 1_000);
    try {
      const answer = await runChild({
        modulePath: childModule('inspect'),
        input: { file, name },
        signal: controller.signal,
        onReport: () => {},
        stallSeconds: 2 * inspectSeconds,
        crashCode: 'asset_unsupported',
        logger,
      });
      return inspectedMediaSchema.parse(answer);
    } finally {
      clearTimeout(timer);
    }
  };
}

const inspectSeconds = 60;

function childModule(name: string): string {
  return join(import.meta.dirname, 'children', `${name}.ts`);
}
