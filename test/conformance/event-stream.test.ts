import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EventSourceMessage } from 'eventsource-parser';
import { eventSchema, type Job, liveSchema } from '../../src/protocol/index.ts';
import { readEvents, setLive } from '../../src/store/index.ts';
import { append, createLoggedJob, liveAt } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { openRaw } from './raw-stream.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.2, streamWaitSeconds: 3 });
});
after(() => server[Symbol.asyncDispose]());

const pathOf = (job: Pick<Job, 'id'>) => `/api/jobs/${job.id}/events`;

describe('the bytes of an event stream', () => {
  it('has the headers that keep proxies and browsers from holding it back', async () => {
    const job = await createLoggedJob(server.database);
    const stream = await openRaw(server.port, pathOf(job));
    await stream.until(({ messages }) => messages.length === 1);
    assert.equal(stream.status, 200);
    assert.equal(stream.header('content-type'), 'text/event-stream; charset=utf-8');
    assert.equal(stream.header('cache-control'), 'no-store, no-transform');
    assert.equal(stream.header('x-accel-buffering'), 'no');
    assert.equal(stream.header('content-encoding'), undefined);
    assert.match(stream.header('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    stream.socket.destroy();
  });

  it('is made of retry, snapshot, events and comments, exactly', async () => {
    const job = await createLoggedJob(server.database);
    const stream = await openRaw(server.port, pathOf(job));
    await stream.until(({ messages }) => messages.length === 1);
    await append(server.database, job.id, { kind: 'log', message: 'a\nb\r\nc\u2028d\r\u0000e 😀' });
    const ended = await append(server.database, job.id, { kind: 'cancelled' });
    await stream.until(({ hasEnded }) => hasEnded);
    const [, log, cancelled] = await readEvents(server.database, job.id, { after: 0 });
    const frames = stream.body.replaceAll(': still here\n\n', '');
    assert.equal(
      frames,
      `retry: 2000\n\nevent: snapshot\nid: 1\ndata: ${JSON.stringify(job)}\n\n` +
        `event: log\nid: 2\ndata: ${JSON.stringify(log)}\n\n` +
        `event: cancelled\nid: 3\ndata: ${JSON.stringify(cancelled)}\n\n`,
    );
    assert.equal(ended.seq, 3);
  });

  it('writes a comment while nothing happens', async () => {
    const job = await createLoggedJob(server.database);
    const stream = await openRaw(server.port, pathOf(job));
    await stream.until(({ body }) => body.split('\n').filter((line) => line.startsWith(':')).length >= 2);
    assert.equal(stream.messages.length, 1);
    stream.socket.destroy();
  });

  it('follows a job whatever the case of the letters in its id', async () => {
    const job = await createLoggedJob(server.database);
    const stream = await openRaw(server.port, pathOf({ id: job.id.toUpperCase() }));
    await stream.until(({ messages }) => messages.length === 1);
    await append(server.database, job.id, { kind: 'cancelled' });
    await stream.until(({ hasEnded }) => hasEnded);
    assert.equal(stream.messages.at(-1)?.event, 'cancelled');
  });

  it('never uses a name that EventSource has for itself', () => {
    const kinds: string[] = eventSchema.options.map((option) => option.shape.kind.value);
    for (const name of ['error', 'open', 'message']) assert.ok(!kinds.includes(name));
  });
});

describe('live figures', () => {
  it('come without an id, the newest only, and at most ten a second', async () => {
    const job = await createLoggedJob(server.database);
    await append(server.database, job.id, { kind: 'started' });
    const stream = await openRaw(server.port, pathOf(job));
    await stream.until(({ messages }) => messages.length === 1);
    const began = performance.now();
    for (let step = 1; step <= 200; step++) await setLive(server.database, job.id, liveAt(step / 200));
    const isNewest = ({ event, data }: EventSourceMessage) =>
      event === 'progress' && JSON.parse(data).progress === 1;
    await stream.until(({ messages }) => messages.some(isNewest));
    const seconds = (performance.now() - began) / 1_000;
    const ticks = stream.messages.filter(({ event }) => event === 'progress');
    for (const tick of ticks) {
      assert.equal(tick.id, undefined);
      liveSchema.parse(JSON.parse(tick.data));
    }
    assert.ok(ticks.length <= seconds * 10 + 2, `${ticks.length} ticks in ${seconds} s`);
    stream.socket.destroy();
  });

  it('are sent at once to who comes late, and a picture has its own message', async () => {
    const job = await createLoggedJob(server.database);
    await append(server.database, job.id, { kind: 'started' });
    const preview = `/api/jobs/${job.id}/preview?frame=3`;
    await setLive(server.database, job.id, { ...liveAt(0.5), preview });
    const stream = await openRaw(server.port, pathOf(job), { headers: { 'Last-Event-ID': '2' } });
    await stream.until(({ messages }) => messages.some(({ event }) => event === 'progress'));
    assert.deepEqual(
      stream.messages.map(({ event, id }) => [event, id]),
      [
        ['preview', undefined],
        ['progress', undefined],
      ],
    );
    assert.deepEqual(JSON.parse(stream.messages[0]?.data ?? ''), { url: preview });
    stream.socket.destroy();
  });
});
