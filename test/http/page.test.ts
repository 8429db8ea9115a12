import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Problem, problemSchema } from '../../src/protocol/index.ts';
import { openServer, post, type TestServer } from './open-server.ts';
import { problemOf } from './problem-of.ts';
import { sendAs } from './send-as.ts';

let server: TestServer;
let webRoot: string;
let expected = 0;
before(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'aura-page-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Aura</title>');
  await writeFile(join(webRoot, 'assets/index-abc123.js'), 'export {};');
  server = await openServer({
    webRoot,
    expectJob: () => {
      expected += 1;
    },
  });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await rm(webRoot, { recursive: true });
});

const send = (path: string, request?: RequestInit) => fetch(`${server.url}${path}`, request);

describe('the page', () => {
  const asBrowser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

  for (const path of ['/', '/jobs/123', '/anything/at/all?x=1', '/docsy', '/apiary']) {
    it(`is served at ${path}`, async () => {
      const response = await send(path, asBrowser);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /<title>Aura<\/title>/);
      assert.equal(response.headers.get('cache-control'), 'no-cache');
      assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'self'/);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.ok(response.headers.get('x-request-id'));
    });
  }

  it('has who opens it expected to order a video, and who asks for its files or the API not', async () => {
    const before = expected;
    await send('/', asBrowser);
    await send('/jobs/123', asBrowser);
    assert.equal(expected, before + 2);
    await send('/assets/index-abc123.js');
    await send('/api/health', asBrowser);
    await send('/');
    assert.equal(expected, before + 2);
  });

  it('keeps its hashed files for ever', async () => {
    const response = await send('/assets/index-abc123.js');
    assert.match(response.headers.get('content-type') ?? '', /javascript/);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  });

  for (const path of ['/api', '/api/nothing', '/api?x', '/docs/nothing', '/assets/gone.js']) {
    it(`is not served at ${path}`, async () => {
      const request = path.startsWith('/assets') ? {} : asBrowser;
      assert.equal((await problemOf(await send(path, request))).code, 'route_not_found');
    });
  }

  it('is not served to what asks for no page, nor for a POST', async () => {
    assert.equal(
      (await problemOf(await send('/jobs/123', { headers: { accept: 'application/json' } }))).status,
      404,
    );
    assert.equal((await problemOf(await send('/jobs/123', post({}, asBrowser.headers)))).status, 404);
  });

  it('lets nobody out of its folder', async () => {
    for (const path of [
      '/..%2fetc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%2f..%2f..%2fetc%2fpasswd',
      '/.%00/x',
    ]) {
      const { status, body } = await sendAs({ port: server.port, headers: { host: 'localhost' }, path });
      assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
      const problem: Problem = problemSchema.parse(JSON.parse(body));
      assert.equal(problem.status, status);
    }
  });
});
