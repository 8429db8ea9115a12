import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { it } from 'node:test';
import { createStageChildren } from '../../src/pipeline/index.ts';
import { waitFor } from '../engine/support/wait-for.ts';
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

it('has processes ready for a job that is expected, unless jobs are done elsewhere', async () => {
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const count = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
  const elsewhere = createStageChildren(quiet, { worksHere: false });
  await waitFor('the end of those before', () => count() === 0);
  elsewhere.expect();
  assert.equal(count(), 0);
  const here = createStageChildren(quiet);
  here.expect();
  assert.equal(count(), Math.min(3, availableParallelism() + 1));
  await here.close();
  await waitFor('the end of all', () => count() === 0);
});
