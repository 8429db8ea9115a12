import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { buildApp } from '../../src/http/build-app.ts';
import { compositionSchema, healthSchema, voiceListSchema } from '../../src/protocol/index.ts';
import { waitFor } from '../conformance/wait-for.ts';
import { openServer, type TestServer } from './open-server.ts';

let server: TestServer;
before(async () => {
  server = await openServer();
});
after(() => server[Symbol.asyncDispose]());

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
    hub: {
      subscribe: unused,
      subscribeAll: unused,
      readEvents: unused,
      readJob: unused,
      waitForJob: unused,
      close: unused,
    },
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
