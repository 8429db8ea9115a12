import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { AuraError, type Job } from '../../src/protocol/index.ts';
import {
  AuraClient,
  type Connection,
  type Fetch,
  type WatchAllOptions,
  type WatchedJobs,
} from '../../src/sdk/index.ts';
import { readJob, setLive } from '../../src/store/index.ts';
import { waitFor } from '../conformance/wait-for.ts';
import { openCuttableProxy } from '../e2e/cuttable-proxy.ts';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';

let server: TestServer;
before(async () => {
  server = await openServer();
});
after(() => server[Symbol.asyncDispose]());

const timing = { silenceSeconds: 5, retrySeconds: 0.02 };
const stopped = new Error('seen enough');

test('the list comes first, then each change of each job, with the newest job in front', async () => {
  const first = await createLoggedJob(server.database);
  const following = follow();
  await waitFor(() => following.last()?.kind === 'listed');
  const second = await createLoggedJob(server.database);
  await waitFor(() => following.last()?.jobs.length === 2);
  await append(server.database, first.id, { kind: 'started' });
  await setLive(server.database, first.id, figures);
  await waitFor(() => following.job(first.id)?.progress === 0.5);
  await append(server.database, second.id, { kind: 'cancelled' });
  await waitFor(() => following.job(second.id)?.status === 'cancelled');
  assert.deepEqual(
    following.last()?.jobs.map(({ id }) => id),
    [second.id, first.id],
  );
  assert.equal(following.seen.filter(({ kind }) => kind === 'listed').length, 1);
  await server.database.query('DELETE FROM aura.job WHERE id = $1', [second.id]);
  await waitFor(() => following.last()?.kind === 'deleted');
  assert.equal(following.job(second.id), undefined);
  await following.stop();
});

test('what changes while the line is cut is there when it is mended', async () => {
  await using line = await openCuttableProxy(server.url);
  const { id } = await createLoggedJob(server.database);
  const connections: Connection[] = [];
  const following = follow({ ids: [id], onConnection: (now) => connections.push(now) }, line.url);
  await waitFor(() => following.job(id));
  line.cut();
  await append(server.database, id, { kind: 'started' });
  await waitFor(() => connections.at(-1) === 'offline');
  await append(server.database, id, { kind: 'log', message: 'Nobody hears this' }, { kind: 'cancelled' });
  line.mend();
  await waitFor(() => following.job(id)?.status === 'cancelled');
  assert.deepEqual(following.job(id), (await readJob(server.database, id))?.job);
  await waitFor(() => connections.at(-1) === 'live');
  await following.stop();
});

for (const [name, options] of [
  ['all', { newest: 1 }],
  ['those named', {}],
] as const) {
  test(`while the stream cannot be had, ${name} are asked for`, async () => {
    const { id } = await createLoggedJob(server.database);
    const ids = name === 'all' ? undefined : [id, randomUUID()];
    const asked: string[] = [];
    const fetchPlain = async (url: string, init?: RequestInit) => {
      asked.push(new URL(url).pathname);
      return url.includes('/api/events')
        ? new Response('a proxy says no', { status: 502 })
        : fetch(url, init);
    };
    const following = follow({ ...options, ids }, server.url, fetchPlain);
    await waitFor(() => following.job(id));
    // Not the newest any more, and still followed.
    await createLoggedJob(server.database);
    await append(server.database, id, { kind: 'started' });
    await waitFor(() => following.job(id)?.status === 'running');
    await append(server.database, id, { kind: 'cancelled' });
    await waitFor(() => following.job(id)?.status !== 'running');
    await following.stop();
    // However many they are: the list, and nothing job by job.
    assert.deepEqual(new Set(asked), new Set(['/api/events', '/api/jobs']));
  });
}

test('a refusal that trying again cannot help ends it', async () => {
  const watching = new AuraClient({ baseUrl: server.url, timing }).watchAll({ ids: ['nonsense'] });
  await assert.rejects(
    watching.next(),
    (error) => error instanceof AuraError && error.code === 'body_invalid',
  );
});

const figures = {
  progress: 0.5,
  stage: 'render',
  etaSeconds: 5,
  preview: null,
  activity: 'Drawing',
} as const;

interface FollowingAll {
  readonly seen: readonly WatchedJobs[];
  last(): WatchedJobs | undefined;
  job(id: string): Job | undefined;
  stop(): Promise<void>;
}

function follow(
  options: WatchAllOptions = {},
  baseUrl = server.url,
  fetch: Fetch = globalThis.fetch,
): FollowingAll {
  const seen: WatchedJobs[] = [];
  const stopping = new AbortController();
  const client = new AuraClient({ baseUrl, timing, fetch });
  const watching = (async () => {
    for await (const change of client.watchAll({ ...options, signal: stopping.signal })) seen.push(change);
  })();
  return {
    seen,
    last: () => seen.at(-1),
    job: (id) => seen.at(-1)?.jobs.find((job) => job.id === id),
    async stop() {
      stopping.abort(stopped);
      await assert.rejects(watching, stopped);
    },
  };
}
