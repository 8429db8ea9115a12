import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEventStream } from '../../src/sdk/event-stream.ts';
import { createHttp } from '../../src/sdk/http.ts';
import { openPayloadServer, type PayloadServer } from './payload-server.ts';

/** What the SDK asks for and what it takes as an answer; named after the web-platform-tests' files. */
const open = ({ url }: PayloadServer, lastEventId?: string) =>
  openEventStream({
    http: createHttp({ baseUrl: url, fetch }),
    path: '/',
    lastEventId,
    silenceSeconds: () => 5,
    signal: undefined,
    onRetryHint: () => {},
  });

async function firstData(server: PayloadServer, lastEventId?: string): Promise<string | undefined> {
  for await (const { data } of (await open(server, lastEventId)) ?? []) return data;
  return undefined;
}

test('request-accept, request-cache-control, last-event-id', async () => {
  await using server = await openPayloadServer((response) =>
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('data:x\n\n'),
  );
  assert.equal(await firstData(server, '41'), 'x');
  assert.equal(await firstData(server), 'x');
  const [resumed, fresh] = server.requests.map(({ headers }) => headers);
  assert.equal(fresh?.accept, 'text/event-stream');
  assert.equal(fresh?.['cache-control'], 'no-cache');
  assert.equal(resumed?.['last-event-id'], '41');
  assert.equal(fresh?.['last-event-id'], undefined);
});

for (const status of [301, 302, 303, 307]) {
  test(`request-redirect ${status}`, async () => {
    await using server = await openPayloadServer((response, { url }) => {
      if (url === '/') response.writeHead(status, { Location: '/moved' }).end();
      else response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('data:moved\n\n');
    });
    assert.equal(await firstData(server), 'moved');
  });
}

test('request-status-error: 204 means that nothing is left', async () => {
  await using server = await openPayloadServer((response) => response.writeHead(204).end());
  assert.equal(await open(server), undefined);
});

for (const status of [205, 210, 299, 404, 410, 500, 503]) {
  test(`request-status-error: ${status} is not taken for a stream`, async () => {
    await using server = await openPayloadServer((response) => response.writeHead(status).end());
    await assert.rejects(open(server), { name: 'AuraError' });
  });
}

for (const [type, isStream] of Object.entries({
  'text/event-stream;': true,
  'text/event-stream; charset=windows-1252': true,
  'text/event-stream;blabla': true,
  'TEXT/Event-Stream': true,
  'text/plain': false,
  'text/event-streamer': false,
  'text/x-bogus': false,
})) {
  test(`format-mime-*: ${type}`, async () => {
    await using server = await openPayloadServer((response) =>
      response.writeHead(200, { 'Content-Type': type }).end('data:ok…\n\n'),
    );
    if (isStream) assert.equal(await firstData(server), 'ok…');
    else await assert.rejects(open(server), { code: 'server_unreachable' });
  });
}
