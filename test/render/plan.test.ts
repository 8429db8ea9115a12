import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CreateJob } from '../../src/protocol/index.ts';
import { startAura, type TestAura } from '../support/aura.ts';

let aura: TestAura;
before(async () => {
  aura = await startAura();
});
after(() => aura.close());

const sentences = ['The first is short.', 'The second says more.', 'The third ends it.'];

function request(changes: Record<number, string> = {}): CreateJob {
  const script = sentences
    .map((sentence, index) => `## Scene ${index + 1}\n\n${changes[index] ?? sentence}\n`)
    .join('\n');
  return { script, output: { width: 320, height: 180 } };
}

test('a plan says what is missing, and after the export that nothing is', async () => {
  const cold = await aura.client.plan(request());
  assert.equal(cold.isExact, false);
  assert.deepEqual(cold.passages, { total: 3, cached: 0 });
  assert.ok(cold.estimatedSeconds > 0);
  assert.equal(cold.outputs[0]?.frames.cached, 0);
  assert.equal(cold.scenes.length, 3);

  const job = await (await aura.client.export(request())).result();
  const warm = await aura.client.plan(request());
  assert.equal(warm.isExact, true);
  assert.deepEqual(warm.passages, { total: 3, cached: 3 });
  const output = warm.outputs[0];
  assert.ok(output?.isFinished && output.isMixed);
  assert.ok(cold.storageBytes > 0 && warm.storageBytes === 0);
  assert.equal(output.frames.cached, output.frames.total);
  const video = job.artifacts.find(({ name }) => name === 'video.mp4');
  assert.equal(output.frames.total, video?.media?.frameCount);
  assert.equal(output.durationSeconds, video?.media?.durationSeconds);
  const guess = cold.outputs[0]?.durationSeconds ?? 0;
  assert.ok(Math.abs(guess - output.durationSeconds) < output.durationSeconds / 3, `guessed ${guess}`);
});

test('another sentence makes only its own scene new; the plan says so, and the export keeps to it', async () => {
  const changed = request({ 1: 'The second has another end.' });
  const plan = await aura.client.plan(changed);
  assert.deepEqual(plan.passages, { total: 3, cached: 2 });
  const drawn = plan.scenes.filter(({ frames }) => frames.cached < frames.total).map(({ id }) => id);
  assert.deepEqual(drawn, ['scene-2']);
  const job = await (await aura.client.export(changed)).result();
  const render = job.stages.find(({ name }) => name === 'render');
  assert.ok(render !== undefined && render.total - render.cached === 1, JSON.stringify(render));
});

test('a plan of a script with a mistake is the same error as its export', async () => {
  await assert.rejects(aura.client.plan({ script: '<!-- durration: 3s -->\n\nHello.\n' }), {
    code: 'script_invalid',
  });
});
