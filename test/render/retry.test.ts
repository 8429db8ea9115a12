import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Job, jobSchema, type StageName } from '../../src/protocol/index.ts';
import { post } from '../http/open-server.ts';
import { startAura, type TestAura } from '../support/aura.ts';

let aura: TestAura;
before(async () => {
  // One at a time: what is drawn when it is cancelled is far from all.
  aura = await startAura({ concurrency: 1 });
});
after(() => aura.close());

const scenes = ['One', 'Two', 'Three', 'Four', 'Five'];
const script = scenes
  .map((name) => `## ${name}\n\nThis is scene ${name}, and it takes a few seconds to say.\n`)
  .join('\n');

test('an export that was cancelled and is tried again takes what was finished from the store', async () => {
  // As large as a video usually is: a small one would be drawn in one task.
  const request = { script };
  const created = await fetch(`${aura.url}/api/jobs`, post(request));
  const { id } = jobSchema.parse(await created.json());
  await follow(id, async (job) => {
    if (tasksOf(job, 'render').done >= 1 && job.status === 'running') await send(id, 'cancel');
  });
  const cancelled = await read(id);
  assert.equal(cancelled.status, 'cancelled');
  const before = tasksOf(cancelled, 'render');
  assert.ok(before.done < before.total, 'it was not finished');
  assert.equal(before.cached, 0);

  assert.equal((await send(id, 'retry')).status, 202);
  await follow(id);
  const retried = await read(id);
  assert.deepEqual([retried.status, retried.attempt, retried.id], ['completed', 2, id]);
  // Every passage had been spoken, and of the frames those that the first attempt came to.
  const narrated = tasksOf(retried, 'narrate');
  assert.deepEqual([narrated.cached, narrated.done], [narrated.total, narrated.total]);
  const drawn = tasksOf(retried, 'render');
  assert.ok(drawn.cached >= before.done && drawn.cached < drawn.total, JSON.stringify(drawn));
  assert.equal(drawn.done, drawn.total);
});

function tasksOf(job: Job, stage: StageName): { done: number; total: number; cached: number } {
  const { done, total, cached } = job.stages.find(({ name }) => name === stage) ?? assert.fail(stage);
  return { done, total, cached };
}

async function follow(id: string, seen: (job: Job) => Promise<void> = async () => {}): Promise<void> {
  for await (const job of aura.client.job(id).watch()) await seen(job);
}

function send(id: string, command: 'cancel' | 'retry'): Promise<Response> {
  return fetch(`${aura.url}/api/jobs/${id}/${command}`, { method: 'POST' });
}

async function read(id: string): Promise<Job> {
  return jobSchema.parse(await (await fetch(`${aura.url}/api/jobs/${id}`)).json());
}
