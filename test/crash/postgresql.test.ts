import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startWorker } from '../../src/server.ts';
import { startDatabases } from '../support/databases.ts';
import { requestRich } from '../support/rich-script.ts';
import { readLog } from './read-log.ts';
import { startServerProcess } from './server-process.ts';

test('on PostgreSQL a worker elsewhere finishes what a killed server began, as the same file', async () => {
  const root = await mkdtemp(join(tmpdir(), 'aura-postgresql-'));
  const databases = await startDatabases('postgresql');
  try {
    const embedded = await startServerProcess({ dataDirectory: join(root, 'embedded') });
    const undisturbed = await (await embedded.client.export(await requestRich(embedded.client))).result();
    await embedded.kill('SIGTERM');

    const { databaseUrl } = await databases.fresh();
    assert.ok(databaseUrl);
    const dataDirectory = join(root, 'shared');
    const first = await startServerProcess({ dataDirectory, databaseUrl });
    const { id } = await first.client.export(await requestRich(first.client));
    for await (const job of first.client.job(id).watch()) if (job.stage === 'render') break;
    await first.kill();

    const worker = await startWorker({
      config: { dataDirectory, databaseUrl, host: '127.0.0.1', port: 0, logLevel: 'error', concurrency: 2 },
    });
    const second = await startServerProcess({ dataDirectory, databaseUrl });
    try {
      const job = await second.client.job(id).result();
      const hashes = ({ artifacts }: typeof job) => artifacts.map(({ name, sha256 }) => `${name} ${sha256}`);
      assert.deepEqual(hashes(job), hashes(undisturbed));
      const log = await readLog(second.url, id);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        log.map((_, index) => index + 1),
      );
    } finally {
      await second.kill('SIGTERM');
      await worker.close();
    }
  } finally {
    await databases.stop();
    await rm(root, { recursive: true, force: true });
  }
});
