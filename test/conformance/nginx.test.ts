import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Job } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { setLive } from '../../src/store/index.ts';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { freePort } from '../support/loopback.ts';
import { openNginx } from './nginx.ts';
import { openRaw, type RawStream } from './raw-stream.ts';
import { waitFor } from './wait-for.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 1 });
});
after(() => server[Symbol.asyncDispose]());

test('through nginx every event and every live figure arrives before the next one happens', async () => {
  await using nginx = await openBefore(3);
  const job = await createLoggedJob(server.database);
  const stream = await openRaw(nginx.port, `/api/jobs/${job.id}/events`);
  await stream.until(({ messages }) => messages.length === 1);
  for (let step = 1; step <= 10; step++) {
    const { seq } = await append(server.database, job.id, { kind: 'log', message: `Step ${step}` });
    await stream.until(({ messages }) => messages.some(({ id }) => id === String(seq)));
    const progress = step / 20;
    await setLive(server.database, job.id, {
      ...{ progress, stage: 'render', etaSeconds: 5, preview: null, activity: 'Drawing' },
    });
    await stream.until(({ messages }) => messages.some((message) => shows(message.data, progress)));
  }
  await append(server.database, job.id, { kind: 'cancelled' });
  await stream.until(({ hasEnded, body }) => hasEnded || body.includes('event: cancelled'));
  stream.socket.destroy();
});

test('heartbeats keep a silent stream open beyond the time that nginx waits', async () => {
  await using nginx = await openBefore(3);
  const job = await createLoggedJob(server.database);
  const stream = await openRaw(nginx.port, `/api/jobs/${job.id}/events`);
  await stream.until((current) => beats(current) >= 5);
  assert.equal(stream.hasEnded, false);
  const { seq } = await append(server.database, job.id, { kind: 'log', message: 'After the silence' });
  await stream.until(({ messages }) => messages.at(-1)?.id === String(seq));
  stream.socket.destroy();
});

test('where nginx waits for less than a heartbeat it cuts the stream, and the SDK resumes it', async () => {
  await using slow = await openServer({ heartbeatSeconds: 60 });
  await using nginx = await openNginx({
    ...{ upstreamPort: slow.port, port: await freePort(), readTimeoutSeconds: 1 },
  });
  const job = await createLoggedJob(slow.database);
  const client = new AuraClient({ baseUrl: nginx.url, timing: { silenceSeconds: 30, retrySeconds: 0.01 } });
  const states: Job[] = [];
  const watching = (async () => {
    for await (const state of client.job(job.id).watch()) states.push(state);
  })();
  const streams = () => slow.logLines.filter(({ outcome }) => outcome === 'client left').length;
  await waitFor(() => streams() >= 1);
  await append(slow.database, job.id, { kind: 'started' });
  await waitFor(() => streams() >= 2);
  const last = await append(slow.database, job.id, { kind: 'cancelled' });
  await watching;
  assert.deepEqual(
    states.map(({ status }) => status),
    ['queued', 'running', 'cancelled'],
  );
  assert.equal(states.at(-1)?.seq, last.seq);
});

async function openBefore(readTimeoutSeconds: number) {
  return openNginx({ upstreamPort: server.port, port: await freePort(), readTimeoutSeconds });
}

function shows(data: string, progress: number): boolean {
  return JSON.parse(data).progress === progress;
}

function beats({ body }: RawStream): number {
  return body.split('\n').filter((line) => line.startsWith(':')).length;
}
