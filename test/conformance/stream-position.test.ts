import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EventSourceMessage } from 'eventsource-parser';
import { eventSchema, type Job, jobSchema, type NewJobEvent, reduceJob } from '../../src/protocol/index.ts';
import { readEvents, readJob } from '../../src/store/index.ts';
import { append, createLoggedJob, failure } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { openRaw, readWhole } from './raw-stream.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.2, streamWaitSeconds: 3 });
});
after(() => server[Symbol.asyncDispose]());

const pathOf = (job: Pick<Job, 'id'>) => `/api/jobs/${job.id}/events`;

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
