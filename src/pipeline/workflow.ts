import type { Advance, TaskRecord, TaskSpec, Workflow } from '../engine/contract.ts';
import type { Composition, StageName } from '../protocol/index.ts';
import { estimateUnplanned, planWork } from './cost-model.ts';
import { exportInputSchema } from './export-input.ts';
import { fetchTasks } from './stages/fetch.ts';
import { finishOutputSchema, finishTask } from './stages/finish.ts';
import { mixTask } from './stages/mix.ts';
import { narrateTasks } from './stages/narrate.ts';
import { planOutputSchema, planTask } from './stages/plan.ts';
import { renderTasks } from './stages/render.ts';

/**
 * The export as tasks: speak every passage and fetch every remote file, plan, then draw the chunks and mix the sound
 * side by side, then put the file together. Asking for a task again changes nothing, so each step asks for all it wants.
 */
export const exportWorkflow: Workflow = {
  advance({ id, input }, tasks) {
    const { composition } = exportInputSchema.parse(input);
    const finish = doneTask(tasks, 'finish');
    if (finish !== undefined) return completed(id, finish);
    const plan = doneTask(tasks, 'plan');
    if (plan === undefined) return beforePlan(composition, tasks);
    return afterPlan(composition, plan, tasks);
  },
};

function beforePlan(composition: Composition, tasks: readonly TaskRecord[]): Advance {
  const gathering = [...narrateTasks(composition), ...fetchTasks(composition)];
  const unplanned = estimateUnplanned(composition);
  if (areDone(gathering, tasks))
    return { kind: 'continue', tasks: [planTask(composition, tasks)], unplanned };
  return { kind: 'continue', tasks: gathering, unplanned: { plan: planWork, ...unplanned } };
}

function afterPlan(composition: Composition, plan: TaskRecord, tasks: readonly TaskRecord[]): Advance {
  const output = planOutputSchema.parse(plan.output);
  const finish = finishTask(composition, output);
  // The mix comes first: it is short, and a worker that has nothing to draw can do it.
  const making = [mixTask(output), ...renderTasks(composition.video, output)];
  if (areDone(making, tasks)) return { kind: 'continue', tasks: [finish], unplanned: {} };
  return { kind: 'continue', tasks: making, unplanned: { finish: finish.workSeconds } };
}

function completed(jobId: string, finish: TaskRecord): Advance {
  const { artifacts } = finishOutputSchema.parse(finish.output);
  const base = `/api/jobs/${jobId}/artifacts`;
  return {
    kind: 'complete',
    artifacts: artifacts.map((artifact) => ({ ...artifact, url: `${base}/${artifact.name}` })),
  };
}

function doneTask(tasks: readonly TaskRecord[], stage: StageName): TaskRecord | undefined {
  return tasks.find((task) => task.stage === stage && task.state === 'done');
}

function areDone(wanted: readonly TaskSpec[], tasks: readonly TaskRecord[]): boolean {
  const done = new Set(tasks.filter(({ state }) => state === 'done').map(({ name }) => name));
  return wanted.every(({ name }) => done.has(name));
}
