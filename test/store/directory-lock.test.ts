import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { AuraError } from '../../src/protocol/index.ts';
import { openDatabase } from '../../src/store/index.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aura-lock-'));
});
after(() => rm(directory, { recursive: true, force: true }));

it('refuses a directory that another process has open, naming both, until that one is killed', async () => {
  const holder = await hold(directory);
  await assert.rejects(openDatabase({ directory }), (error: AuraError) => {
    assert.equal(error.code, 'data_in_use');
    assert.match(error.message, new RegExp(`\\b${holder.pid}\\b`));
    assert.ok(error.message.includes(directory));
    return true;
  });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const database = await openDatabase({ directory });
  assert.deepEqual(await database.query('SELECT answer FROM held'), [{ answer: 'yes' }]);
  await database.close();
});

it('refuses a directory that this process has open', async () => {
  const database = await openDatabase({ directory });
  await assert.rejects(openDatabase({ directory }), AuraError);
  await database.close();
  await (await openDatabase({ directory })).close();
});

it('lets exactly one of several processes in that start together', async () => {
  const fresh = join(directory, 'together');
  const starting = await Promise.allSettled(Array.from({ length: 3 }, () => hold(fresh)));
  const winners = starting.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  assert.equal(winners.length, 1);
  for (const winner of winners) {
    winner.kill('SIGKILL');
    await once(winner, 'exit');
  }
});

/** Resolves when the child has the directory open; rejects when it ends before that. */
async function hold(path: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'hold-directory.ts'), [path], { stdio: 'ignore' });
  const opened = once(child, 'message').then(() => true);
  const ended = once(child, 'exit').then(() => false);
  if (!(await Promise.race([opened, ended]))) throw new Error('it could not open the directory');
  return child;
}
