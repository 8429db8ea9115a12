import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createStageChildren } from '../../src/pipeline/index.ts';
import { contextOf } from './task-context.ts';

it('logs what the child of a task says with the job and the task', async () => {
  const lines: Record<string, unknown>[] = [];
  const note = (details: object) => void lines.push({ ...details });
  const children = createStageChildren({ info: note, warn: note, error: note });
  for (const stage of ['mix', 'fetch'] as const) {
    const task = `${stage}-1`;
    // What the child cannot read, it throws at, and where it was thrown goes to stderr.
    await assert.rejects(children.run({ input: {}, context: contextOf(stage, null, task) }));
    const own = lines.splice(0);
    assert.ok(own.length > 0);
    for (const line of own) assert.deepEqual([line['jobId'], line['task']], ['job', task]);
  }
});
