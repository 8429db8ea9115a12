import type { RunTask } from '../engine/contract.ts';
import type { StageName } from '../protocol/index.ts';
import { notedStorage } from './noted-storage.ts';
import type { RunStage, StageTools } from './stage.ts';
import { runFetch } from './stages/fetch.ts';
import { runFinish } from './stages/finish.ts';
import { runMix } from './stages/mix.ts';
import { runNarrate } from './stages/narrate.ts';
import { runPlan } from './stages/plan.ts';
import { runRender } from './stages/render.ts';

const stages = {
  narrate: runNarrate,
  fetch: runFetch,
  plan: runPlan,
  render: runRender,
  mix: runMix,
  finish: runFinish,
} as const satisfies Record<StageName, RunStage>;

/** What the engine calls for each task of an export. */
export function createRunTask(tools: StageTools): RunTask {
  return (context) =>
    stages[context.task.stage](context, {
      ...tools,
      storage: notedStorage(tools.storage, (keys) => context.use(keys)),
    });
}
