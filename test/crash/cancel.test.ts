import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { startPostgres } from '../support/postgres.ts';
import { cancelRound, workFiles } from './cancel-round.ts';
import { childrenOf } from './processes.ts';
import { startServerProcess } from './server-process.ts';

const script =
  '# A long day\n\nThe sun comes up, and we have breakfast, and then there is a lot to do until it sets.\n';

// How long it takes is for `npm run bench:cancel` to say: here other tests have the cores.

test('cancelled means: the children are dead and their files are gone', async (context) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-cancel-'));
  const server = await startServerProcess({ dataDirectory });
  try {
    await cancelTwice(context, { client: server.client, servers: [server], dataDirectory });
  } finally {
    await server.kill('SIGTERM');
    await rm(dataDirectory, { recursive: true, force: true });
  }
});

test('so it is when other processes do the work, on one PostgreSQL', async (context) => {
  const postgres = await startPostgres();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-cancel-'));
  const databaseUrl = await postgres.createDatabase();
  const working = await startServerProcess({ dataDirectory, databaseUrl });
  const asked = await startServerProcess({ dataDirectory, databaseUrl, works: false });
  try {
    await cancelTwice(context, { client: asked.client, servers: [working], dataDirectory });
    assert.deepEqual(childrenOf(asked.pid), [], 'it never worked itself');
  } finally {
    await asked.kill('SIGTERM');
    await working.kill('SIGTERM');
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
});

type Place = Parameters<typeof cancelRound>[0];

/** Once as the first thing a server does, and once when it has processes that stay for more. */
async function cancelTwice(context: TestContext, place: Place): Promise<void> {
  for (const day of ['Monday', 'Tuesday']) {
    const { job, milliseconds } = await cancelRound(place, {
      // Other words each time: what is stored would not be drawn again.
      script: script.replace('day', day),
      moment: 'render',
    });
    context.diagnostic(`${Math.round(milliseconds)} ms from the request until nothing was left`);
    const seen: string[] = [];
    for await (const { status } of job.watch()) seen.push(status);
    assert.equal(seen.at(-1), 'cancelled');
    assert.deepEqual(
      place.servers.flatMap(({ pid }) => childrenOf(pid)),
      [],
    );
    assert.deepEqual(await workFiles(place.dataDirectory), []);
    assert.equal((await job.cancel()).status, 'cancelled', 'asking again is fine');
  }
}
