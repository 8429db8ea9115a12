import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { childrenOf } from './processes.ts';
import { startServerProcess } from './server-process.ts';

const script =
  '# A long day\n\nThe sun comes up, and we have breakfast, and then there is a lot to do until it sets.\n';

test('cancelled means: the children are dead and their files are gone', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-cancel-'));
  const server = await startServerProcess({ dataDirectory });
  try {
    const job = await server.client.export({ script });
    for await (const { stage, preview } of job.watch()) if (stage === 'render' && preview !== null) break;
    assert.ok(childrenOf(server.pid).length > 0, 'something is drawing');
    assert.ok((await workFiles(dataDirectory)).length > 0, 'something is being written');

    await job.cancel();
    let last: string | undefined;
    for await (const { status } of job.watch()) last = status;
    assert.equal(last, 'cancelled');
    assert.deepEqual(childrenOf(server.pid), []);
    assert.deepEqual(await workFiles(dataDirectory), []);
  } finally {
    await server.kill('SIGTERM');
    await rm(dataDirectory, { recursive: true, force: true });
  }
});

async function workFiles(dataDirectory: string): Promise<string[]> {
  const entries = await readdir(join(dataDirectory, 'store/work'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
