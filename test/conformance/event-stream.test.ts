import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { EventSourceMessage } from 'eventsource-parser';
import {
  eventSchema,
  type Job,
  jobSchema,
  liveSchema,
  type NewJobEvent,
  reduceJob,
} from '../../src/protocol/index.ts';
import { readEvents, readJob, setLive } from '../../src/store/index.ts';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { openRaw, readWhole } from './raw-stream.ts';
import { waitFor } from './wait-for.ts';

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

describe('where a stream begins', () => {
  it('gives the same state wherever it is cut, however the client resumes', async () => {
    const { job, whole } = await endedJob();
    for (let cut = 0; cut <= whole.seq; cut++) {
      const known = fold(
        undefined,
        messagesOf(await readEvents(server.database, job.id, { after: 0, limit: cut })),
      );
      const byHeader = await readWhole(server.port, pathOf(job), { 'Last-Event-ID': `${cut}` });
      const byQuery = await readWhole(server.port, `${pathOf(job)}?lastEventId=${cut}`);
      assert.deepEqual(byQuery.messages, byHeader.messages, `cut after ${cut}`);
      assert.equal(byHeader.status, cut === whole.seq ? 204 : 200);
      const ids = byHeader.messages.map(({ id }) => Number(id));
      assert.deepEqual(
        ids,
        Array.from({ length: whole.seq - cut }, (_, index) => cut + 1 + index),
      );
      assert.deepEqual(fold(known, byHeader.messages), whole, `cut after ${cut}`);
    }
  });

  it('gives the same state to a client that was there from the start, and to one that comes late', async () => {
    const job = await createLoggedJob(server.database);
    const early = await openRaw(server.port, pathOf(job));
    await early.until(({ messages }) => messages.length === 1);
    await append(server.database, job.id, ...story);
    await early.until(({ hasEnded }) => hasEnded);
    const late = await readWhole(server.port, pathOf(job));
    const state = (await readJob(server.database, job.id))?.job;
    assert.deepEqual(fold(undefined, early.messages), state);
    assert.deepEqual(fold(undefined, late.messages), state);
    assert.deepEqual(
      late.messages.map(({ event, id }) => [event, id]),
      [
        ['snapshot', String(state?.seq)],
        ['completed', String(state?.seq)],
      ],
    );
  });

  it('lets the header win over the query', async () => {
    const { job, whole } = await endedJob();
    const headers = { 'Last-Event-ID': String(whole.seq - 1) };
    const stream = await readWhole(server.port, `${pathOf(job)}?lastEventId=1`, headers);
    assert.deepEqual(
      stream.messages.map(({ event }) => event),
      ['completed'],
    );
  });

  for (const position of ['nonsense', '-1', '1.5', '', '99999999999999999999', '1e3', '0x1', ' ']) {
    it(`takes ${JSON.stringify(position)} for no position at all`, async () => {
      const job = await createLoggedJob(server.database);
      const stream = await openRaw(server.port, pathOf(job), { headers: { 'Last-Event-ID': position } });
      await stream.until(({ messages }) => messages.length === 1);
      assert.equal(stream.messages[0]?.event, 'snapshot');
      stream.socket.destroy();
    });
  }

  it('sends a snapshot for a position that the log does not have', async () => {
    const job = await createLoggedJob(server.database);
    const stream = await openRaw(server.port, pathOf(job), { headers: { 'Last-Event-ID': '7' } });
    await stream.until(({ messages }) => messages.length === 1);
    assert.deepEqual(jobSchema.parse(JSON.parse(stream.messages[0]?.data ?? '')), job);
    stream.socket.destroy();
  });

  it('goes on after the end of an attempt when the job was tried again', async () => {
    const job = await createLoggedJob(server.database);
    const error = failure;
    await append(server.database, job.id, { kind: 'started' }, { kind: 'failed', error });
    await append(server.database, job.id, { kind: 'retried', attempt: 2, stages: job.stages });
    const stream = await openRaw(server.port, pathOf(job), { headers: { 'Last-Event-ID': '1' } });
    await stream.until(({ messages }) => messages.length === 3);
    assert.equal(stream.hasEnded, false);
    await append(server.database, job.id, { kind: 'started' }, { kind: 'cancelled' });
    await stream.until(({ hasEnded }) => hasEnded);
    assert.deepEqual(
      stream.messages.map(({ event }) => event),
      ['started', 'failed', 'retried', 'started', 'cancelled'],
    );
  });

  it('reads a log of many pages without losing or repeating one', async () => {
    const job = await createLoggedJob(server.database);
    const events = Array.from(
      { length: 950 },
      (_, index): NewJobEvent => ({ kind: 'log', message: `${index}` }),
    );
    await append(server.database, job.id, ...events, { kind: 'cancelled' });
    const stream = await readWhole(server.port, pathOf(job), { 'Last-Event-ID': '0' });
    assert.deepEqual(
      stream.messages.map(({ id }) => Number(id)),
      Array.from({ length: 952 }, (_, index) => index + 1),
    );
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
    await stream.until(({ messages }) => messages.some(({ event }) => event === 'preview'));
    assert.deepEqual(
      stream.messages.map(({ event, id }) => [event, id]),
      [
        ['progress', undefined],
        ['preview', undefined],
      ],
    );
    assert.deepEqual(JSON.parse(stream.messages[1]?.data ?? ''), { url: preview });
    stream.socket.destroy();
  });
});

describe('a stream that is opened before the job exists', () => {
  it('is woken by the insert', async () => {
    const id = randomUUID();
    const stream = await openRaw(server.port, pathOf({ id }));
    await waitFor(() => server.subscriptionCount() > 0);
    await createLoggedJob(server.database, id);
    await stream.until(({ messages }) => messages.length === 1);
    assert.equal(stream.messages[0]?.event, 'snapshot');
    await append(server.database, id, { kind: 'cancelled' });
    await stream.until(({ hasEnded }) => hasEnded);
    const line = await waitFor(() => lineOf(id));
    assert.equal(line['outcome'], 'ended');
    assert.equal(line['requestId'], stream.header('x-request-id'));
    assert.ok(Number(line['waitedMs']) < 5_000);
  });

  it('is answered 404 when the time is up', async () => {
    const id = randomUUID();
    const stream = await openRaw(server.port, pathOf({ id }), { headers: { Connection: 'close' } });
    await stream.until(({ hasEnded }) => hasEnded);
    assert.equal(stream.status, 404);
    assert.equal(JSON.parse(stream.body).code, 'job_not_found');
    assert.equal(stream.header('content-type'), 'application/problem+json; charset=utf-8');
  });

  it('stops waiting when the client goes', async () => {
    const id = randomUUID();
    const stream = await openRaw(server.port, pathOf({ id }));
    await waitFor(() => server.subscriptionCount() > 0);
    stream.socket.destroy();
    const line = await waitFor(() => lineOf(id));
    assert.equal(line['outcome'], 'client left');
  });
});

const failure = {
  code: 'internal',
  title: 'Something went wrong',
  detail: 'In a test.',
  action: 'Retry.',
  retryable: true,
  fault: 'ours',
} as const;

const artifact = {
  name: 'video.mp4',
  url: '/api/jobs/x/artifacts/video.mp4',
  contentType: 'video/mp4',
  sizeBytes: 3,
  sha256: 'ab',
};

/** What happens to a job, one event of each sort. */
const story: readonly NewJobEvent[] = [
  { kind: 'started' },
  { kind: 'stage', stages: [], stage: 'narrate', progress: 0.25, etaSeconds: 12.5 },
  { kind: 'log', message: 'Speaking “a”\nin two lines' },
  { kind: 'warning', code: 'font_missing', message: 'A letter has no font.' },
  { kind: 'artifact', artifact },
  { kind: 'failed', error: failure },
  { kind: 'retried', attempt: 2, stages: [] },
  { kind: 'started' },
  { kind: 'stage', stages: [], stage: 'render', progress: 0.5, etaSeconds: null },
  { kind: 'completed', artifacts: [artifact] },
];

async function endedJob(): Promise<{ job: Job; whole: Job }> {
  const job = await createLoggedJob(server.database);
  let whole = job;
  for (const event of story) whole = await append(server.database, job.id, event);
  return { job, whole };
}

function messagesOf(events: readonly { kind: string; seq: number }[]): EventSourceMessage[] {
  return events.map((event) => ({ event: event.kind, id: String(event.seq), data: JSON.stringify(event) }));
}

/** What a client makes of what it got. */
function fold(known: Job | undefined, messages: readonly EventSourceMessage[]): Job | undefined {
  return messages.reduce((state, { event, id, data }) => {
    if (event === 'snapshot') return jobSchema.parse(JSON.parse(data));
    return id === undefined ? state : reduceJob(state, eventSchema.parse(JSON.parse(data)));
  }, known);
}

function liveAt(progress: number) {
  return { progress, stage: 'render', etaSeconds: 5, preview: null, activity: 'Drawing' } as const;
}

function lineOf(jobId: string): Record<string, unknown> | undefined {
  return server.logLines.find((line) => line['jobId'] === jobId && line['outcome'] !== undefined);
}
