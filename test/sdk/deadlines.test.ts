import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { mock, type TestContext, test } from 'node:test';
import { AuraError, errorTable, toFailure } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { sampleJobId } from './sample-log.ts';

for (const [name, ask] of Object.entries({
  delete: (client: AuraClient) => client.job(sampleJobId).delete(),
  download: (client: AuraClient) => client.job(sampleJobId).download('video.mp4'),
  refresh: (client: AuraClient) => client.job(sampleJobId).refresh(),
})) {
  test(`${name}: a server that takes the request and never answers is given up after 30 s`, async (t) => {
    const asked = Promise.withResolvers<void>();
    const client = await serve(t, () => asked.resolve());
    mockTime(t);
    const answer = ask(client);
    await asked.promise;
    mock.timers.tick(30_000);
    await assert.rejects(answer, { code: 'server_unreachable', message: /did not answer in time/ });
  });
}

test('a download may take as long as it takes once it has begun', async (t) => {
  const begun = Promise.withResolvers<ServerResponse>();
  const client = await serve(t, (_, response) => {
    response.writeHead(200).write('first, ');
    begun.resolve(response);
  });
  mockTime(t);
  const body = await client.job(sampleJobId).download('video.mp4');
  mock.timers.tick(3_600_000);
  (await begun.promise).end('last');
  assert.equal(await new Response(body).text(), 'first, last');
});

const refusal = { status: 429, type: '', instance: '/', requestId: '1' };
const hints: Readonly<Record<string, readonly [header: () => string, from: number | undefined, to: number]>> =
  {
    'a number of seconds': [() => '17', 17, 17],
    'an HTTP date': [() => new Date(Date.now() + 90_000).toUTCString(), 80, 91],
    'a date that has passed': [() => 'Wed, 21 Oct 2015 07:28:00 GMT', undefined, 0],
    nonsense: [() => 'soon', undefined, 0],
  };

for (const [name, [header, from, to]] of Object.entries(hints)) {
  test(`Retry-After: ${name}`, async (t) => {
    const failure = toFailure(new AuraError('queue_full', 'Full.'));
    const body = JSON.stringify({ ...failure, ...refusal, status: errorTable.queue_full.status });
    const client = await serve(t, (_, response) => {
      response.writeHead(429, { 'retry-after': header() }).end(body);
    });
    const error = await client.export({ script: '# Hello' }).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof AuraError && error.code === 'queue_full');
    const { retryAfterSeconds } = error;
    if (from === undefined) assert.equal(retryAfterSeconds, undefined);
    else assert.ok(retryAfterSeconds !== undefined && retryAfterSeconds >= from && retryAfterSeconds <= to);
  });
}

/** From here on time passes only when a test says so. */
function mockTime(t: TestContext): void {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
}

async function serve(t: TestContext, listener: RequestListener): Promise<AuraClient> {
  const server = createServer(listener);
  const port = await listenOnLoopback(server);
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return new AuraClient({ baseUrl: `http://127.0.0.1:${port}` });
}
