import type { Advance, TaskRecord, TaskSpec, Workflow } from '../engine/contract.ts';
import { estimateUnplanned, planWork } from './cost-model.ts';
import { type ExportInput, exportInputSchema } from './export-input.ts';
import { fetchTasks } from './stages/fetch.ts';
import { finishOutputSchema, finishTasks } from './stages/finish.ts';
import { mixTasks } from './stages/mix.ts';
import { narrateTasks } from './stages/narrate.ts';
import { type PlanOutput, planOutputSchema, planTask, planTaskName } from './stages/plan.ts';
import { renderTasks } from './stages/render.ts';
import { type View, viewsOf } from './views.ts';

/**
 * The export as tasks: speak every passage and fetch every remote file, plan, then draw the chunks and mix the sound
 * side by side, then put the files together. Outputs of the same size share their plan and their drawing, all share the
 * speech. Asking for a task again changes nothing, so each step asks for all it wants.
 */
export const exportWorkflow: Workflow = {
  advance({ id, input }, tasks) {
    const order = exportInputSchema.parse(input);
    const views = viewsOf(order.outputs);
    const done = new Map(tasks.filter(({ state }) => state === 'done').map((task) => [task.name, task]));
    const plans = views.map((view) => done.get(planTaskName(view)));
    if (!isWhole(plans)) return beforePlan(order, views, { tasks, done });
    const planned = plans.map((plan) => planOutputSchema.parse(plan.output));
    return afterPlan({ id, order, views, planned, done });
  },
};

type DoneTasks = ReadonlyMap<string, TaskRecord>;

function beforePlan(
  { composition, outputs }: ExportInput,
  views: readonly View[],
  { tasks, done }: { readonly tasks: readonly TaskRecord[]; readonly done: DoneTasks },
): Advance {
  const gathering = [...narrateTasks(composition), ...fetchTasks(composition)];
  const unplanned = estimateUnplanned(composition, { outputs, views });
  if (areDone(gathering, done)) {
    const planning = views.map((view) => planTask(composition, view, tasks));
    return { kind: 'continue', tasks: planning, unplanned };
  }
  return { kind: 'continue', tasks: gathering, unplanned: { plan: planWork * views.length, ...unplanned } };
}

interface Planned {
  readonly id: string;
  readonly order: ExportInput;
  readonly views: readonly View[];
  /** One for each view. */
  readonly planned: readonly PlanOutput[];
  readonly done: DoneTasks;
}

function afterPlan({ id, order, views, planned, done }: Planned): Advance {
  const each = <Result>(make: (view: View, plan: PlanOutput) => Result[]): Result[] =>
    views.flatMap((view, index) => {
      const plan = planned[index];
      return plan === undefined ? [] : make(view, plan);
    });
  const finishing = each((view, plan) =>
    view.outputs.flatMap((_, index) => finishTasks(order.composition, { view, plan, index })),
  );
  const finished = finishing.map(({ name }) => done.get(name));
  if (isWhole(finished)) return completed(id, finished);
  // The mix comes first: it is short, and a worker that has nothing to draw can do it.
  const making = [...each(mixTasks), ...each(renderTasks)];
  if (areDone(making, done)) return { kind: 'continue', tasks: finishing, unplanned: {} };
  const finish = finishing.reduce((sum, { workSeconds }) => sum + workSeconds, 0);
  return { kind: 'continue', tasks: making, unplanned: { finish } };
}

function completed(jobId: string, finished: readonly TaskRecord[]): Advance {
  const base = `/api/jobs/${jobId}/artifacts`;
  const artifacts = finished.flatMap(({ output }) => finishOutputSchema.parse(output).artifacts);
  return {
    kind: 'complete',
    artifacts: artifacts.map((artifact) => ({ ...artifact, url: `${base}/${artifact.name}` })),
  };
}

function areDone(wanted: readonly TaskSpec[], done: DoneTasks): boolean {
  return wanted.every(({ name }) => done.has(name));
}

function isWhole<Item>(items: (Item | undefined)[]): items is Item[] {
  return items.every((item) => item !== undefined);
}
