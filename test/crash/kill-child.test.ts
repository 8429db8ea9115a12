import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { childrenOf } from './processes.ts';
import { readLog } from './read-log.ts';
import { startServerProcess } from './server-process.ts';

const script =
  '# A long day\n\nThe sun comes up, and we have breakfast, and then there is a lot to do until it sets.\n';

test('a child that is killed costs its task a second try, and the log says so', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-child-'));
  const server = await startServerProcess({ dataDirectory });
  try {
    const job = await server.client.export({ script, output: { width: 1280, height: 720 } });
    for await (const { stage, preview } of job.watch()) if (stage === 'render' && preview !== null) break;
    for (const pid of childrenOf(server.pid)) process.kill(pid, 'SIGKILL');
    const done = await job.result();
    assert.equal(done.status, 'completed');
    assert.equal(done.attempt, 1);
    const messages = (await readLog(server.url, job.id)).flatMap((event) =>
      event.kind === 'log' ? [event.message] : [],
    );
    assert.ok(
      messages.some((message) => /SIGKILL/.test(message)),
      `the log tells of it: ${messages.join(' | ')}`,
    );
  } finally {
    await server.kill('SIGTERM');
    await rm(dataDirectory, { recursive: true, force: true });
  }
});
