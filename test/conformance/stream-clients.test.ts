import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { after, before, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { NewJobEvent } from '../../src/protocol/index.ts';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { openRaw, readWhole } from './raw-stream.ts';
import { waitFor } from './wait-for.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.3, streamWaitSeconds: 60 });
});
after(() => server[Symbol.asyncDispose]());

it('cuts off a client that never reads, holds little for it, and lets it resume', async () => {
  const responses: ServerResponse[] = [];
  server.app.server.prependListener('request', (_request, response) => responses.push(response));
  const job = await createLoggedJob(server.database);
  const stream = await openRaw(server.port, `/api/jobs/${job.id}/events`);
  await stream.until(({ messages }) => messages.length === 1);
  stream.socket.pause();

  let mostHeldBytes = 0;
  let newest = job;
  const message = 'x'.repeat(100_000);
  const events = Array.from({ length: 10 }, (): NewJobEvent => ({ kind: 'log', message }));
  // More than the system's own buffers on both sides take.
  for (let megabytes = 0; megabytes < 12; megabytes++) {
    newest = await append(server.database, job.id, ...events);
    await setImmediate();
    mostHeldBytes = Math.max(mostHeldBytes, ...responses.map(({ writableLength }) => writableLength));
  }
  await waitFor(() => {
    mostHeldBytes = Math.max(mostHeldBytes, ...responses.map(({ writableLength }) => writableLength));
    return server.logLines.some(({ outcome }) => outcome === 'too slow');
  });
  assert.ok(mostHeldBytes < 256 * 1024, `${mostHeldBytes} bytes were held`);
  assert.equal(server.subscriptionCount(), 0);
  assert.ok(responses.some(({ destroyed }) => destroyed));

  stream.socket.resume();
  await stream.until(({ hasEnded }) => hasEnded);
  const reached = Number(stream.messages.at(-1)?.id);
  assert.ok(reached < newest.seq);
  await append(server.database, job.id, { kind: 'cancelled' });
  const rest = await readWhole(server.port, `/api/jobs/${job.id}/events`, {
    'Last-Event-ID': String(reached),
  });
  const seen = [...stream.messages, ...rest.messages].map(({ id }) => Number(id));
  assert.deepEqual(
    seen,
    Array.from({ length: newest.seq + 1 }, (_, index) => index + 1),
  );
});

it('keeps nothing of clients that have gone', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on('warning', note);
  const job = await createLoggedJob(server.database);
  await waitFor(() => server.subscriptionCount() === 0);
  for (let round = 0; round < 10; round++) {
    const streams = await Promise.all(
      Array.from({ length: 20 }, () => openRaw(server.port, `/api/jobs/${job.id}/events`)),
    );
    await Promise.all(streams.map((stream) => stream.until(({ messages }) => messages.length > 0)));
    await waitFor(() => server.subscriptionCount() === 20);
    for (const { socket } of streams) round % 2 === 0 ? socket.destroy() : socket.end();
    await waitFor(() => server.subscriptionCount() === 0);
  }
  const lines = await waitFor(() => {
    const ended = server.logLines.filter(
      (line) => line['jobId'] === job.id && line['outcome'] === 'client left',
    );
    return ended.length === 200 && ended;
  });
  assert.equal(new Set(lines.map(({ requestId }) => requestId)).size, 200);
  process.off('warning', note);
  assert.deepEqual(warnings, []);
});

it('answers HEAD with the headers alone', async () => {
  const job = await createLoggedJob(server.database);
  const response = await fetch(`${server.url}/api/jobs/${job.id}/events`, { method: 'HEAD' });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  assert.equal(server.subscriptionCount(), 0);
  // It does not wait for a job that is not there.
  const missing = await fetch(`${server.url}/api/jobs/${randomUUID()}/events`, { method: 'HEAD' });
  assert.equal(missing.status, 404);
});

it('gives a stream whatever the client says it accepts', async () => {
  const job = await createLoggedJob(server.database);
  for (const accept of ['*/*', 'text/event-stream', 'application/json', '']) {
    const stream = await openRaw(server.port, `/api/jobs/${job.id}/events`, { headers: { Accept: accept } });
    await stream.until(({ messages }) => messages.length === 1);
    assert.equal(stream.header('content-type'), 'text/event-stream; charset=utf-8');
    stream.socket.destroy();
  }
});

// The last: nothing can be asked of the server after it.
it('ends all streams at once when the server closes, and tells those who wait', async () => {
  const job = await createLoggedJob(server.database);
  const open = await Promise.all(
    Array.from({ length: 20 }, () => openRaw(server.port, `/api/jobs/${job.id}/events`)),
  );
  await Promise.all(open.map((stream) => stream.until(({ messages }) => messages.length > 0)));
  const waiting = await openRaw(server.port, `/api/jobs/${randomUUID()}/events`);
  await waitFor(() => server.subscriptionCount() === 21);

  const began = performance.now();
  await server.app.close();
  const seconds = (performance.now() - began) / 1_000;
  assert.ok(seconds < 2, `closing took ${seconds} s`);
  await Promise.all([waiting, ...open].map((stream) => stream.until(({ hasEnded }) => hasEnded)));
  assert.equal(waiting.status, 503);
  assert.equal(JSON.parse(waiting.body).code, 'shutting_down');
  assert.ok(open.every(({ body }) => body.endsWith('\n\n')));
  assert.equal(server.subscriptionCount(), 0);
});
