import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AuraClient } from '../../src/sdk/index.ts';
import { startServer } from '../../src/server.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';
import { openDatabase } from '../../src/store/index.ts';
import { keepWithin } from '../../src/store-limit.ts';
import { waitFor } from '../conformance/wait-for.ts';
import { type DatabaseKind, databaseKinds, makeEmbedded, startDatabases } from '../support/databases.ts';
import { blobFiles } from './exported.ts';

const output = { width: 320, height: 180 } as const;
const first = { script: '# One\n\nThis is the first of two.\n', output };
const second = { script: '# Two\n\nThis is the last of both.\n', output };
const third = { script: '# Three\n\nThis one comes after.\n', output };

for (const kind of databaseKinds) {
  test(`${kind}: a store over its limit loses what was used least lately, and nothing that is needed`, async (t) => {
    const { data, withServer, storedBytes } = await openHome(t, kind);
    const [video, whole] = await withServer(undefined, async (client) => {
      const { artifacts } = await (await client.export(first)).result();
      const made = await blobFiles(data);
      await (await client.export(second)).result();
      return [artifacts[0], made];
    });
    const everything = await blobFiles(data);

    const oldest = whole.filter(canBeMadeAgain);
    await withServer((await storedBytes()) - 1, () => waitFor(() => !oldest.every(existsSync)));
    const left = await blobFiles(data);
    const [gone, ...more] = everything.filter((file) => !left.includes(file));
    assert.ok(gone !== undefined && oldest.includes(gone) && more.length === 0, `${gone} ${more}`);

    await withServer(1, async (client) => {
      await waitFor(() => !everything.filter(canBeMadeAgain).some(existsSync));
      assert.ok(everything.filter((file) => !canBeMadeAgain(file)).every(existsSync));
      assert.equal((await (await client.export(first)).result()).artifacts[0]?.sha256, video?.sha256);
      assert.equal((await (await client.export(third)).result()).status, 'completed');
    });
  });
}

test('an export completes while everything that may be removed is removed all the time', async (t) => {
  const { data, withServer, databaseUrl } = await openHome(t, 'postgresql');
  await withServer(undefined, async (client) => {
    await (await client.export(first)).result();
    const storage = await createDiskStorage({ directory: join(data, 'store') });
    const database = await openDatabase({ databaseUrl, directory: data });
    try {
      // The same script at another time of the work: its stored results go while the next job looks for them.
      const exporting = [first, second, first].map(async (request, index) => {
        const script = `${request.script}\n\n## Part ${index}\n\nThis is more of it.\n`;
        return await (await client.export({ ...request, script })).result();
      });
      let isDone = false;
      const done = Promise.all(exporting).finally(() => {
        isDone = true;
      });
      while (!isDone)
        await keepWithin({ database, storage, limitBytes: 0, logger: { info() {}, warn() {} } });
      for (const { status } of await done) assert.equal(status, 'completed');
    } finally {
      await database.close();
    }
  });
});

/** Chunks, mixes and speech; not the plans, the finished files and what says which they are. */
function canBeMadeAgain(file: string): boolean {
  return /\/blobs\/(chunk|mix|speech)\//.test(file);
}

/** A data directory and its database, for one server after another. */
async function openHome(t: TestContext, kind: DatabaseKind) {
  const databases = await startDatabases(kind);
  t.after(() => databases.stop());
  const data = await mkdtemp(join(tmpdir(), 'aura-limit-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  const { databaseUrl } = await databases.fresh();
  if (databaseUrl === undefined) await makeEmbedded(join(data, 'database'));
  async function withServer<T>(
    limitBytes: number | undefined,
    use: (client: AuraClient) => Promise<T>,
  ): Promise<T> {
    const server = await startServer({
      config: {
        ...{ dataDirectory: data, host: '127.0.0.1', port: 0, logLevel: 'error', concurrency: 2 },
        ...(databaseUrl !== undefined && { databaseUrl }),
        ...(limitBytes !== undefined && { storeLimitBytes: limitBytes }),
      },
    });
    try {
      return await use(new AuraClient({ baseUrl: server.url }));
    } finally {
      await server.close();
    }
  }
  const storedBytes = async () => (await createDiskStorage({ directory: join(data, 'store') })).storedBytes();
  return { data, databaseUrl, withServer, storedBytes };
}
