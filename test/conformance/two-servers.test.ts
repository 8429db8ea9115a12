import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { AuraClient } from '../../src/sdk/index.ts';
import { readLog } from '../crash/read-log.ts';
import { startPostgres } from '../support/postgres.ts';
import { checkAgainstLog } from './check-against-log.ts';
import { hopToEnd } from './hop-to-end.ts';
import { startProcess } from './start-process.ts';

const script = '# Tides\n\nThe sea comes in twice a day.\n\n## Why\n\nThe moon pulls at the water.\n';
const apiProgram = join(import.meta.dirname, 'api-process.ts');
const cliProgram = join(import.meta.dirname, '../../src/cli/main.ts');

test('two API processes behind one PostgreSQL, the worker on neither: every hop to the other one', async () => {
  await using clean = new AsyncDisposableStack();
  const data = await mkdtemp(join(tmpdir(), 'aura-two-'));
  clean.defer(() => rm(data, { recursive: true, force: true }));
  const postgres = await startPostgres();
  clean.defer(() => postgres.stop());
  const databaseUrl = await postgres.createDatabase();

  const urls: string[] = [];
  for (let count = 0; count < 2; count++) {
    const { firstLine } = clean.use(await startProcess([apiProgram, databaseUrl, data]));
    urls.push(firstLine);
  }
  const clients = urls.map((baseUrl) => new AuraClient({ baseUrl }));
  const created = await clients[0]?.export({ script, output: { width: 320, height: 180 } });
  assert.ok(created !== undefined);
  const jobId = created.id;

  let connections = 0;
  const ports = urls.map((url) => Number(new URL(url).port));
  const port = () => ports[connections++ % 2] ?? 0;
  const hopping = (['header', 'query'] as const).map((by) =>
    hopToEnd({ jobId, port, by, fromTheStart: true }),
  );
  const results = clients.map((client) => client.job(jobId).result());
  assert.equal((await clients[1]?.job(jobId).refresh())?.status, 'queued', 'nobody works yet');
  clean.use(
    await startProcess([cliProgram, 'worker'], {
      ...{ DATABASE_URL: databaseUrl, AURA_DATA: data, AURA_LOG_LEVEL: 'error' },
    }),
  );

  const [one, other] = await Promise.all(results);
  assert.deepEqual(one, other, 'both tell the same');
  assert.ok(one);
  const logs = await Promise.all(urls.map((url) => readLog(url, jobId)));
  assert.deepEqual(logs[0], logs[1]);
  for (const hopped of await Promise.all(hopping)) checkAgainstLog(hopped, logs[0] ?? [], one);
  assert.ok(connections > 2 * (logs[0]?.length ?? 0), 'one connection for each event and more');
});
