import { join } from 'node:path';
import { createChildPool, type Logger, reportTo, runChild, withDetails } from '../engine/index.ts';
import { AuraError, type ErrorCode, type Json, type StageName } from '../protocol/index.ts';
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
 * When V8 collects long-lived objects depends on all memory it knows of. By its own reckoning the 8 MB of a frame are reason
 * enough: every eight frames, which took 1.9 ms a frame on all threads together. So it is told when to (`drawing-stage.ts`).
 */
const v8Options: Partial<Record<StageName, readonly string[]>> = {
  render: ['--heap-growing-percent=100', '--expose-gc'],
};

/** Longer than it takes to hand out the next task, and short beside a cancelled job's second. */
const idleMilliseconds = 500;

/** Runs the children of this pipeline, in processes of their own. */
export function createRunStageChild(logger: Logger): RunStageChild {
  const pool = createChildPool(idleMilliseconds);
  return ({ child, input, context, subject }) => {
    const options = {
      modulePath: childModule(child),
      v8Options: v8Options[child],
      input,
      signal: context.signal,
      onReport: reportTo(context),
      stallSeconds: stallSeconds[child],
      crashCode: crashCodes[child],
      logger: withDetails(logger, { jobId: context.jobId, task: context.task.name }),
    };
    return subject === undefined ? runChild(options) : pool.run(`${child} ${subject}`, options);
  };
}

/** Plans without a job: nobody watches it. */
export function createRunPlanChild(logger: Logger): (input: Json) => Promise<Json> {
  return (input) =>
    runChild({
      modulePath: childModule('plan'),
      input,
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

function childModule(name: string): string {
  return join(import.meta.dirname, 'children', `${name}.ts`);
}
