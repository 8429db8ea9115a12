import assert from 'node:assert/strict';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { z } from 'zod';
import { createChildPool, type Logger, withDetails } from '../../src/engine/index.ts';
import type { ChildInput } from './support/child-program.ts';
import { isAlive } from './support/is-alive.ts';
import { waitFor } from './support/wait-for.ts';
import { silent } from './support/workshop.ts';

it('gives work of one group to the process that did the last', async () => {
  const run = openPool(60_000);
  const pid = z.int().parse(await run('red'));
  assert.equal(await run('red'), pid);
  assert.notEqual(await run('blue'), pid);
  await waitFor('the process of the other group to end', () => !isAlive(pid));
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

it('gives work to the process that worked last: what is not needed ends', async () => {
  const run = openPool(60_000);
  await Promise.all([run('red'), run('red')]);
  const last = await run('red');
  for (let round = 0; round < 3; round++) assert.equal(await run('red'), last);
  for (const _ of ['both', 'of them']) await assert.rejects(run('red', { act: 'exit' }));
});

it('ends the processes that wait for more of a group whose work was broken off', async () => {
  const run = openPool(60_000);
  const pids = z.array(z.int()).parse(await Promise.all([run('red'), run('red')]));
  const controller = new AbortController();
  const running = run('red', { act: 'stay', file: devNull }, silent, controller.signal);
  controller.abort(new Error('nobody wants it'));
  await assert.rejects(running, /nobody wants it/);
  await waitFor('the end of both', () => !pids.some(isAlive));
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

it('logs what a process writes to stderr as of the work it does, and no later work is blamed for it', async () => {
  const run = openPool(60_000);
  const lines: object[] = [];
  const logOf = (jobId: string) =>
    withDetails({ ...silent, warn: (details) => void lines.push(details) }, { jobId });
  const words = (round: number) => `words of ${round}`;
  const pids: unknown[] = [];
  for (let round = 0; round < 20; round++) {
    pids.push(await run('red', { act: 'mutter', words: words(round) }, logOf(`job ${round}`)));
  }
  const [pid] = pids;
  assert.equal(new Set(pids).size, 1);
  assert.deepEqual(
    lines,
    pids.map((_, round) => ({ jobId: `job ${round}`, pid, text: `${words(round)}\n` })),
  );
  await assert.rejects(run('red', { act: 'exit' }), ({ message }: Error) => {
    assert.match(message, /the last words/);
    return !message.includes(words(19));
  });
});

function openPool(idleMilliseconds: number) {
  const pool = createChildPool(idleMilliseconds);
  return (
    group: string,
    input: ChildInput = { act: 'pid' },
    logger: Logger = silent,
    signal: AbortSignal = new AbortController().signal,
  ) =>
    pool.run(group, {
      modulePath: join(import.meta.dirname, 'support/child-program.ts'),
      input,
      signal,
      onReport: () => {},
      stallSeconds: 60,
      crashCode: 'render_failed',
      logger,
    });
}
