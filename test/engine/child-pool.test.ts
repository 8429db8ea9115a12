import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { z } from 'zod';
import { createChildPool } from '../../src/engine/index.ts';
import type { ChildInput } from './support/child-program.ts';
import { isAlive } from './support/is-alive.ts';
import { waitFor } from './support/wait-for.ts';
import { silent } from './support/workshop.ts';

it('gives work of one kind to the process that did the last', async () => {
  const run = openPool(60_000);
  const pid = z.int().parse(await run('red'));
  assert.equal(await run('red'), pid);
  assert.notEqual(await run('blue'), pid);
  await waitFor('the process of the other kind to end', () => !isAlive(pid));
  await assert.rejects(run('blue', { act: 'exit' }));
});

it('has as many processes as there is work at a time', async () => {
  const run = openPool(60_000);
  const pids = await Promise.all([run('red'), run('red')]);
  assert.notEqual(pids[0], pids[1]);
  const again = await Promise.all([run('red'), run('red')]);
  assert.deepEqual(again.toSorted(), pids.toSorted());
  await assert.rejects(run('red', { act: 'crash' }));
  await assert.rejects(run('red', { act: 'crash' }));
});

it('starts another after one that failed', async () => {
  const run = openPool(60_000);
  const pid = z.int().parse(await run('red'));
  await assert.rejects(run('red', { act: 'fail' }), { code: 'picture_invalid' });
  assert.ok(!isAlive(pid));
  assert.notEqual(await run('red'), pid);
  await assert.rejects(run('red', { act: 'throw' }), { code: 'internal' });
});

it('does not give work to a process that died while it waited', async () => {
  const run = openPool(60_000);
  const pid = z.int().parse(await run('red'));
  process.kill(pid, 'SIGKILL');
  await waitFor('its end', () => !isAlive(pid));
  assert.notEqual(await run('red'), pid);
  await assert.rejects(run('red', { act: 'exit' }));
});

it('ends a process for which there is no more work', async () => {
  const run = openPool(20);
  const pid = z.int().parse(await run('red'));
  await waitFor('its end', () => !isAlive(pid));
});

function openPool(idleMilliseconds: number) {
  const pool = createChildPool(idleMilliseconds);
  return (kind: string, input: ChildInput = { act: 'pid' }) =>
    pool.run(kind, {
      modulePath: join(import.meta.dirname, 'support/child-program.ts'),
      input,
      signal: new AbortController().signal,
      onReport: () => {},
      stallSeconds: 60,
      crashCode: 'render_failed',
      logger: silent,
    });
}
