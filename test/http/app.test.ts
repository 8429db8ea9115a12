import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { buildApp } from '../../src/http/build-app.ts';
import {
  compositionSchema,
  healthSchema,
  type Problem,
  problemSchema,
  voiceListSchema,
} from '../../src/protocol/index.ts';
import { waitFor } from '../conformance/wait-for.ts';
import { openServer, post, type TestServer } from './open-server.ts';
import { problemOf } from './problem-of.ts';

let server: TestServer;
let webRoot: string;
before(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'aura-page-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Aura</title>');
  await writeFile(join(webRoot, 'assets/index-abc123.js'), 'export {};');
  server = await openServer({ webRoot, allowedHosts: ['studio.example'] });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await rm(webRoot, { recursive: true });
});

const send = (path: string, request?: RequestInit) => fetch(`${server.url}${path}`, request);

describe('one route table', () => {
  for (const url of ['/api/jobs/:id/events', '/api/jobs/:jobId/events']) {
    it(`refuses to start with a second handler for ${url}`, async () => {
      const app = buildApp(needs());
      app.get(url, async () => 'mine');
      await assert.rejects(async () => app.listen({ host: '127.0.0.1', port: 0 }), {
        code: 'FST_ERR_DUPLICATED_ROUTE',
      });
      await app.close();
    });
  }

  it('starts without one', async () => {
    const app = buildApp(needs());
    await app.ready();
    await app.close();
  });
});

/** What an app is built from; nothing of it is called before a request comes. */
function needs(): Parameters<typeof buildApp>[0] {
  const { database, storage, engine } = server;
  const unused = () => assert.fail('no request was sent');
  return {
    version: '1',
    database,
    storage,
    engine,
    hub: { subscribe: unused, subscribeAll: unused, readEvents: unused, waitForJob: unused, close: unused },
    prepare: unused,
    planExport: unused,
    inspectAsset: unused,
    preview: unused,
    voices: unused,
    health: unused,
  };
}

const documentSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        operationId: z.string(),
        responses: z.record(
          z.string(),
          z.looseObject({ description: z.string(), content: z.record(z.string(), z.unknown()).optional() }),
        ),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

describe('the OpenAPI document', () => {
  it('has every route, each with a name of its own', async () => {
    const document = documentSchema.parse(await (await send('/api/openapi.json')).json());
    assert.equal(document.openapi, '3.1.0');
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    assert.deepEqual(operations.sort(), [
      'delete /api/jobs/{id} deleteJob',
      'get /api/assets/{id} getAsset',
      'get /api/events watchAllJobs',
      'get /api/health getHealth',
      'get /api/jobs listJobs',
      'get /api/jobs/{id} getJob',
      'get /api/jobs/{id}/artifacts/{name} getArtifact',
      'get /api/jobs/{id}/events watchJob',
      'get /api/jobs/{id}/preview getPreview',
      'get /api/jobs/{id}/webhooks getWebhookLog',
      'get /api/schemas/composition.json getCompositionSchema',
      'get /api/voices listVoices',
      'post /api/assets uploadAssets',
      'post /api/jobs createJob',
      'post /api/jobs/{id}/cancel cancelJob',
      'post /api/jobs/{id}/pause pauseJob',
      'post /api/jobs/{id}/resume resumeJob',
      'post /api/jobs/{id}/retry retryJob',
      'post /api/plan planExport',
    ]);
  });

  it('documents the stream and the problems, and refers to nothing that is not there', async () => {
    const document = documentSchema.parse(await (await send('/api/openapi.json')).json());
    const stream = document.paths['/api/jobs/{id}/events']?.['get']?.responses;
    assert.ok(stream?.['200']?.content?.['text/event-stream']);
    assert.ok(stream['204']);
    assert.ok(stream['4XX']?.content?.['application/problem+json']);
    assert.ok(document.components.schemas['JobEvent'] && document.components.schemas['Live']);
    const text = JSON.stringify(document);
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      assert.ok(document.components.schemas[name], name);
    }
    assert.ok(!text.includes('Default Response'));
  });

  it('has a page', async () => {
    const page = await send('/docs/');
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'self'/);
    const html = await page.text();
    for (const [, file = ''] of html.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)) {
      assert.equal((await send(`/docs/${file}`)).status, 200, file);
    }
  });
});

describe('what is the same for everybody', () => {
  it('publishes the JSON Schema of a composition', async () => {
    const schema = await (await send('/api/schemas/composition.json')).json();
    const { title: _title, ...published } = z.looseObject({}).parse(schema);
    assert.deepEqual(
      published,
      JSON.parse(JSON.stringify(z.toJSONSchema(compositionSchema, { io: 'input' }))),
    );
  });

  it('lists voices and tells its health', async () => {
    const { voices } = voiceListSchema.parse(await (await send('/api/voices')).json());
    assert.equal(voices[0]?.name, 'en');
    const health = await send('/api/health');
    assert.equal(health.status, 200);
    assert.equal(healthSchema.parse(await health.json()).version, '1.2.3');
  });
});

/** fetch sets Host and Origin by itself: these are written by hand. */
function sendAs(headers: Record<string, string>, method = 'GET', path = '/api/health') {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: server.port, method, path, headers },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => {
          body += text;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    request.on('error', reject).end();
  });
}

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
    const response = await send('/api/health');
    assert.deepEqual(
      [...response.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    );
  });
});

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
      const { status, body } = await sendAs({ host: 'localhost' }, 'GET', path);
      assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
      const problem: Problem = problemSchema.parse(JSON.parse(body));
      assert.equal(problem.status, status);
    }
  });
});

// The last: nothing can be asked of the server after it.
it('finishes the request it has while it closes, and refuses the next', async () => {
  const socket = connect(server.port, '127.0.0.1');
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes;
  });
  const arrived = once(server.app.server, 'request');
  socket.write(
    'POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{',
  );
  await arrived;
  const closed = server.app.close();
  await waitFor(() => !server.app.server.listening);
  socket.write('}GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await Promise.all([once(socket, 'close'), closed]);
  assert.match(text, /"code":"body_invalid".*"code":"shutting_down"/s);
});
