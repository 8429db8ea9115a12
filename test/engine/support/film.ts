import type { Advance, Json, TaskRecord, TaskSpec, Workflow } from '../../../src/engine/contract.ts';
import type { Artifact, StageName } from '../../../src/protocol/index.ts';

/** A small export: two passages are narrated, then a plan is made, then three chunks are drawn, then all is put together. */
export const film: Workflow = {
  advance(_job, tasks) {
    if (isDone(tasks, ['finish'])) return { kind: 'complete', artifacts: [artifact] };
    for (const [index, step] of steps.entries()) {
      if (!isDone(tasks, step.names)) return ask(index);
    }
    throw new Error('finish is a step');
  },
};

export const taskNames = ['narrate-1', 'narrate-2', 'plan', 'render-1', 'render-2', 'render-3', 'finish'];

const steps: readonly { readonly stage: StageName; readonly names: readonly string[] }[] = [
  { stage: 'narrate', names: ['narrate-1', 'narrate-2'] },
  { stage: 'plan', names: ['plan'] },
  { stage: 'render', names: ['render-1', 'render-2', 'render-3'] },
  { stage: 'finish', names: ['finish'] },
];

const workSeconds = 2;

function ask(index: number): Advance {
  const step = steps[index];
  if (step === undefined) throw new RangeError(`no step ${index}`);
  const later = steps.slice(index + 1).map(({ stage, names }) => [stage, names.length * workSeconds]);
  return {
    kind: 'continue',
    tasks: step.names.map((name) => spec(step.stage, name)),
    unplanned: Object.fromEntries(later),
  };
}

function spec(stage: StageName, name: string): TaskSpec {
  const input: Json = { name };
  return { name, stage, label: `Doing ${name}`, workSeconds, input };
}

function isDone(tasks: readonly TaskRecord[], names: readonly string[]): boolean {
  return names.every((name) => tasks.some((task) => task.name === name && task.state === 'done'));
}

const artifact: Artifact = {
  name: 'video.mp4',
  url: '/api/jobs/x/artifacts/video.mp4',
  contentType: 'video/mp4',
  sizeBytes: 3,
  sha256: 'abc',
};
