import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { AuraClient } from '../../src/sdk/index.ts';
import { type ContractServer, startContractServer, TestJob } from './contract-server.ts';
import { completedLog, firstEvents, fold, numbered, sampleJobId } from './sample-log.ts';

test('an export is created, followed and downloaded', async (t) => {
  const { client, server } = await serve(t, {
    create: () => new TestJob(completedLog),
    files: { 'video.mp4': Buffer.from('eleven byte') },
  });
  const handle = await client.export({ script: '# Hello', id: sampleJobId, output: { aspect: '1:1' } });
  assert.deepEqual(server.created, [{ script: '# Hello', id: sampleJobId, output: { aspect: '1:1' } }]);
  assert.equal(handle.id, sampleJobId);
  assert.deepEqual(await handle.result(), fold(completedLog));
  assert.equal(await new Response(await handle.download('video.mp4')).text(), 'eleven byte');
  assert.equal(handle.artifactUrl('video.mp4'), `${server.url}/api/jobs/${sampleJobId}/artifacts/video.mp4`);
  assert.deepEqual((await client.jobs({ limit: 5 })).jobs, [fold(completedLog)]);
  assert.equal(server.requests.at(-1), 'GET /api/jobs?limit=5');
});

test('files are uploaded under their own names, more of them than one request may carry', async (t) => {
  const { client, server } = await serve(t, {});
  const files = Array.from({ length: 51 }, (_, index) => ({
    name: `pictures/größe ${index}.png`,
    data: new Blob([`picture ${index}`]),
  }));
  const assets = await client.upload(files);
  assert.deepEqual(
    assets.map((asset) => asset.name),
    files.map((file) => file.name),
  );
  assert.equal(server.uploads.get('pictures/größe 50.png')?.toString(), 'picture 50');
  assert.deepEqual(server.requests, ['POST /api/assets', 'POST /api/assets']);
});

test('the result of a failed job is its error, with the place', async (t) => {
  const place = { stage: 'narrate', scene: 'scene-2' };
  const error = {
    code: 'narration_failed' as const,
    title: 'A passage could not be spoken',
    detail: 'The voice said nothing.',
    action: 'Change its text.',
    retryable: true,
    fault: 'ours' as const,
    place,
  };
  const { client } = await serve(t, {
    jobs: { [sampleJobId]: new TestJob(numbered([...firstEvents, { kind: 'failed', error }])) },
  });
  const result = client.job(sampleJobId).result();
  await assert.rejects(result, { code: 'narration_failed', message: 'The voice said nothing.', place });
});

test('the result of a cancelled job is job_cancelled; cancelling it once more is job_finished', async (t) => {
  const { client } = await serve(t, {
    jobs: { [sampleJobId]: new TestJob(numbered(firstEvents)) },
    cancel: (job) => {
      job.append({ kind: 'cancelling' });
      job.append({ kind: 'cancelled' });
    },
  });
  const handle = client.job(sampleJobId);
  assert.equal((await handle.cancel()).status, 'cancelled');
  await assert.rejects(handle.result(), { code: 'job_cancelled' });
  await assert.rejects(handle.cancel(), { code: 'job_finished' });
});

test('a problem is thrown as the error of its code', async (t) => {
  const { client } = await serve(t, {});
  await assert.rejects(client.export({ script: '# Silent' }), {
    name: 'AuraError',
    code: 'narration_missing',
  });
  await assert.rejects(client.job(sampleJobId).refresh(), { code: 'job_not_found' });
});

test('a server that is not there is server_unreachable, naming its address', async () => {
  const port = await unusedPort();
  const client = new AuraClient({ baseUrl: `http://127.0.0.1:${port}/` });
  const error = {
    code: 'server_unreachable',
    message: `The server at http://127.0.0.1:${port} did not answer.`,
  };
  await assert.rejects(client.jobs(), error);
});

test('another program on the port is told from Aura', async (t) => {
  const other = createServer((_, response) => response.end('<h1>Something else</h1>'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  const client = new AuraClient({ baseUrl: `http://127.0.0.1:${port}` });
  await assert.rejects(client.jobs(), { code: 'server_unreachable', message: /not Aura’s/ });
});

test('a server that is unhealthy still says how it is', async (t) => {
  const checks = { disk: { ok: false, detail: '3 MB free' } };
  const health = { status: 'unhealthy', version: '0.1.0', database: 'pglite', checks };
  const sick = createServer((_, response) => response.writeHead(503).end(JSON.stringify(health)));
  await new Promise<void>((resolve) => sick.listen(0, '127.0.0.1', resolve));
  t.after(() => sick.close());
  const { port } = sick.address() as AddressInfo;
  assert.deepEqual(await new AuraClient({ baseUrl: `http://127.0.0.1:${port}` }).health(), health);
});

test('abort ends a request at once with its own reason', async (t) => {
  const mute = createTcpServer();
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  t.after(() => mute.close());
  const { port } = mute.address() as AddressInfo;
  const stop = new AbortController();
  const connected = new Promise((resolve) => mute.once('connection', resolve));
  const client = new AuraClient({ baseUrl: `http://127.0.0.1:${port}` });
  const waiting = client.export({ script: '# Hello' }, { signal: stop.signal });
  await connected;
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, { message: 'enough' });
});

async function serve(
  t: TestContext,
  setup: Parameters<typeof startContractServer>[0],
): Promise<{ client: AuraClient; server: ContractServer }> {
  const server = await startContractServer(setup);
  t.after(() => server.close());
  return { client: new AuraClient({ baseUrl: server.url }), server };
}

async function unusedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
