import { z } from 'zod';
import { type ChildWork, serveChild, trimHeap } from '../../engine/index.ts';
import type { Json } from '../../protocol/index.ts';
import { collectGarbage } from './collect-garbage.ts';

/** What a stage's module in this folder exports. */
interface StageModule {
  readonly work: ChildWork;
  /** Lets go of what was kept for more work of this stage. */
  readonly release?: () => Promise<void>;
  /** Has everything ready for its first work. */
  readonly prepare?: () => Promise<void>;
}

/** Loaded when first needed: what all stages need together is half of what starting a process costs. */
const stages = {
  narrate: () => import('./narrate.ts'),
  plan: () => import('./plan.ts'),
  render: () => import('./render.ts'),
  mix: () => import('./mix.ts'),
  finish: () => import('./finish.ts'),
} satisfies Record<string, () => Promise<StageModule>>;

export type PooledStage = keyof typeof stages;

const inputSchema = z.strictObject({
  stage: z.enum(Object.keys(stages) as PooledStage[]),
  input: z.custom<Json>(),
});
/** As the parent sends it. */
export type StagesInput = z.output<typeof inputSchema>;

let last: StageModule | undefined;
/** When nothing of the last stage is held on to any more. */
let released: Promise<void> = Promise.resolve();
/** When what was held has been given back. */
let collected: Promise<void> = Promise.resolve();

/** Does tasks of one job after another, of whatever stages. */
serveChild(
  async (order, context) => {
    const { stage, input } = inputSchema.parse(order);
    const module: StageModule = await stages[stage]();
    if (last !== module) {
      release();
      last = module;
    }
    await released;
    return module.work(input, context);
  },
  {
    rest: async (next) => {
      release();
      await released;
      await collected;
      await trimHeap();
      // Who mixes does so while others draw: memory is short then.
      if (next !== 'mix') await loadDrawing();
      if (isStage(next)) await prepare(next);
    },
  },
);

/** What a process needs next that has not worked yet. */
async function loadDrawing(): Promise<void> {
  await stages.plan();
  await stages.render();
}

function isStage(name: string | undefined): name is PooledStage {
  return name !== undefined && Object.hasOwn(stages, name);
}

function release(): void {
  const module = last;
  last = undefined;
  released = released.then(async () => {
    await module?.release?.();
    collected = collectGarbage();
  });
}

/** Nobody works: there is time for what the next job will begin with. */
async function prepare(stage: PooledStage): Promise<void> {
  const module: StageModule = await stages[stage]();
  // There is work again.
  if (last !== undefined) return;
  last = module;
  // What cannot be made ready (the disk may be full) is not; the process may have work by now that can be done.
  await module.prepare?.().catch(() => {});
  // Other work came meanwhile, and let go of what was not there yet.
  if (last !== module) await module.release?.();
}
