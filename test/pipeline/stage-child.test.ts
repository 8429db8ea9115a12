import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { TaskContext } from '../../src/engine/index.ts';
import { createStageChildren } from '../../src/pipeline/index.ts';
import type { StageName } from '../../src/protocol/index.ts';

it('logs what the child of a task says with the job and the task', async () => {
  const lines: Record<string, unknown>[] = [];
  const note = (details: object) => void lines.push({ ...details });
  const children = createStageChildren({ info: note, warn: note, error: note });
  for (const stage of ['mix', 'fetch'] as const) {
    const task = `${stage}-1`;
    // What the child cannot read, it throws at, and where it was thrown goes to stderr.
    await assert.rejects(children.run({ input: {}, context: contextOf(task, stage) }));
    const own = lines.splice(0);
    assert.ok(own.length > 0);
    for (const line of own) assert.deepEqual([line['jobId'], line['task']], ['job', task]);
  }
});

function contextOf(name: string, stage: StageName): TaskContext {
  return {
    jobId: 'job',
    task: {
      ...{ name, stage, label: '', workSeconds: 1, input: null, output: null },
      ...{ state: 'running', fraction: 0, cached: false },
    },
    attempt: 1,
    signal: new AbortController().signal,
    progress: () => {},
    reuse: () => {},
    preview: async () => {},
    warn: async () => {},
    use: async () => {},
  };
}
