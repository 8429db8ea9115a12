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

/** Longer than one process plans while another waits to draw, and than it takes to hand out a task. */
const idleMilliseconds = 1_500;

/**
 * Runs the children of this pipeline, in processes that do one task of a job after another: what they know of it, such as
 * fonts, is of that job alone. What comes from strangers' servers is opened in a process that does nothing else.
 */
export function createRunStageChild(logger: Logger): RunStageChild {
  const pool = createChildPool(idleMilliseconds);
  return ({ input, context }) => {
    const { stage, name } = context.task;
    const options = {
      signal: context.signal,
      onReport: reportTo(context),
      stallSeconds: stallSeconds[stage],
      crashCode: crashCodes[stage],
      logger: withDetails(logger, { jobId: context.jobId, task: name }),
    };
    if (stage === 'fetch') return runChild({ ...options, modulePath: childModule('fetch'), input });
    return pool.run(context.jobId, { ...options, ...inStage(stage, input) });
  };
}

/** Plans without a job: nobody watches it. */
export function createRunPlanChild(logger: Logger): (input: Json) => Promise<Json> {
  return (input) =>
    runChild({
      ...inStage('plan', input),
      signal: AbortSignal.timeout(stallSeconds.plan * 1_000),
      onReport: () => {},
      stallSeconds: stallSeconds.plan,
      crashCode: crashCodes.plan,
      logger,
    });
}

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

function inStage(stage: PooledStage, input: Json) {
  return { modulePath: childModule('stages'), v8Options, input: { stage, input } satisfies StagesInput };
}

function childModule(name: string): string {
  return join(import.meta.dirname, 'children', `${name}.ts`);
}
