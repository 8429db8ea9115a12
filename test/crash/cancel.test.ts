import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { AuraClient, JobHandle } from '../../src/sdk/index.ts';
import { waitFor } from '../engine/support/wait-for.ts';
import { startPostgres } from '../support/postgres.ts';
import { childrenOf } from './processes.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const script =
  '# A long day\n\nThe sun comes up, and we have breakfast, and then there is a lot to do until it sets.\n';

/** Some of the rounds are slow when other tests have all cores; the middle one says what a user sees. */
const mostMilliseconds = 5_000;
const rounds = 5;

test('cancelled means, within a second: the children are dead and their files are gone', async (context) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-cancel-'));
  const server = await startServerProcess({ dataDirectory });
  try {
    const took = await cancelRounds({ client: server.client, servers: [server], dataDirectory });
    context.diagnostic(`ms from the request to the end: ${took.join(', ')}`);
    assert.ok(median(took) < mostMilliseconds, took.join(', '));
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
    const took = await cancelRounds({ client: asked.client, servers: [working], dataDirectory });
    context.diagnostic(`ms from the request to the end: ${took.join(', ')}`);
    assert.deepEqual(childrenOf(asked.pid), [], 'it never worked itself');
    assert.ok(median(took) < mostMilliseconds, took.join(', '));
  } finally {
    await asked.kill('SIGTERM');
    await working.kill('SIGTERM');
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
});

interface Rounds {
  readonly client: AuraClient;
  /** Those whose children do the work. */
  readonly servers: readonly ServerProcess[];
  readonly dataDirectory: string;
}

/** How long each cancellation took, in milliseconds, from the request until nothing was left of the work. */
async function cancelRounds({ client, servers, dataDirectory }: Rounds): Promise<number[]> {
  const children = () => servers.flatMap(({ pid }) => childrenOf(pid));
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Other words each time: what is stored would not be drawn again.
    const job = await client.export({ script: script.replace('breakfast', `breakfast number ${round}`) });
    await untilDrawing(job);
    assert.ok(children().length > 0, 'something is drawing');
    assert.ok((await workFiles(dataDirectory)).length > 0, 'something is being written');
    const start = performance.now();
    const { status } = await job.cancel();
    assert.match(status, /^cancell(ing|ed)$/);
    await waitFor(
      'the end',
      async () => children().length === 0 && (await workFiles(dataDirectory)).length === 0,
    );
    took.push(Math.round(performance.now() - start));
    await assertCancelled(job, { children, dataDirectory });
  }
  return took;
}

async function untilDrawing(job: JobHandle): Promise<void> {
  for await (const { stage, preview } of job.watch()) if (stage === 'render' && preview !== null) return;
}

async function assertCancelled(
  job: JobHandle,
  { children, dataDirectory }: { readonly children: () => number[]; readonly dataDirectory: string },
): Promise<void> {
  const seen: string[] = [];
  for await (const { status } of job.watch()) seen.push(status);
  assert.equal(seen.at(-1), 'cancelled');
  assert.deepEqual(children(), []);
  assert.deepEqual(await workFiles(dataDirectory), []);
  assert.equal((await job.cancel()).status, 'cancelled', 'asking again is fine');
}

async function workFiles(dataDirectory: string): Promise<string[]> {
  const folder = join(dataDirectory, 'store/work');
  for (;;) {
    try {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    } catch (error) {
      // A folder was removed between being listed and being read, which is what these tests wait for: look again.
      if (!isGone(error) || error.path === folder) throw error;
    }
  }
}

function isGone(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
