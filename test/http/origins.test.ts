import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { problemSchema } from '../../src/protocol/index.ts';
import { openServer, type TestServer } from './open-server.ts';
import { sendAs as sendByHand } from './send-as.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ allowedHosts: ['studio.example'] });
});
after(() => server[Symbol.asyncDispose]());

const sendAs = (headers: Record<string, string>, method = 'GET', path = '/api/health') =>
  sendByHand({ port: server.port, headers, method, path });

describe('pages of other sites', () => {
  for (const host of [
    'localhost',
    'localhost:5005',
    'LOCALHOST',
    'aura.localhost',
    '127.0.0.1:1',
    '[::1]:5005',
    '192.168.1.7',
    'studio.example',
    'Studio.Example:80',
  ]) {
    it(`may not, but ${host} is us`, async () => {
      assert.equal((await sendAs({ host })).status, 200);
    });
  }
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    'studio.example.evil',
    '127.0.0.1.evil.example',
    'a b',
    '[evil]',
    'localhost:99999999',
    'user@localhost',
  ]) {
    it(`cannot reach us as ${JSON.stringify(host)}`, async () => {
      const { status, body } = await sendAs({ host });
      assert.equal(status, 403);
      assert.equal(problemSchema.parse(JSON.parse(body)).code, 'host_refused');
    });
  }

  const path = '/api/jobs/00000000-0000-4000-8000-000000000000/cancel';
  it('cannot change anything here', async () => {
    for (const origin of [
      'http://evil.example',
      'null',
      'http://localhost:1',
      'https://localhost.evil.example:5005',
      'nonsense',
    ]) {
      const { status, body } = await sendAs({ host: 'localhost:5005', origin }, 'POST', path);
      assert.equal(status, 403, origin);
      assert.equal(problemSchema.parse(JSON.parse(body)).code, 'origin_refused');
      assert.equal((await sendAs({ host: 'localhost:5005', origin })).status, 200, 'reading is not changing');
    }
  });

  it('is not what our own page is', async () => {
    for (const headers of [
      { host: 'localhost:5005' },
      { host: 'localhost:5005', origin: 'http://localhost:5005' },
      { host: 'localhost', origin: 'http://localhost' },
      { host: 'LocalHost:5005', origin: 'http://localhost:5005' },
      { host: '127.0.0.1:5005', origin: 'https://studio.example', 'sec-fetch-site': 'same-origin' },
    ]) {
      assert.equal((await sendAs(headers, 'POST', path)).status, 404, JSON.stringify(headers));
    }
  });

  it('gets no CORS headers', async () => {
    const response = await fetch(`${server.url}/api/health`);
    assert.deepEqual(
      [...response.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    );
  });
});
