import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { EventSourceMessage } from 'eventsource-parser';
import { eventOfJobSchema, type Job, jobSchema, listedSchema, reduceJob } from '../../src/protocol/index.ts';
import { createEventHub, openDatabase, readJob, setLive } from '../../src/store/index.ts';
import { append, createLoggedJob, failure, liveAt } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { problemOf } from '../http/problem-of.ts';
import { startDatabases } from '../support/databases.ts';
import { openRaw, type RawStream } from './raw-stream.ts';
import { waitFor } from './wait-for.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.3 });
});
after(() => server[Symbol.asyncDispose]());

describe('the stream of all jobs', () => {
  it('has the headers of a stream, a heartbeat, and no ids', async () => {
    await createLoggedJob(server.database);
    const stream = await openRaw(server.port, '/api/events');
    await stream.until(({ body }) => body.includes(': still here'));
    assert.equal(stream.status, 200);
    assert.equal(stream.header('content-type'), 'text/event-stream; charset=utf-8');
    assert.equal(stream.header('cache-control'), 'no-store, no-transform');
    assert.equal(stream.header('x-accel-buffering'), 'no');
    assert.ok(stream.messages.length >= 2);
    assert.ok(stream.messages.every(({ id }) => id === undefined));
    stream.socket.destroy();
  });

  it('lists what has not ended and the newest of the rest', async () => {
    const waiting = await createLoggedJob(server.database);
    const older = await endedJob();
    const newest = await endedJob();
    const stream = await openListed('?newest=1');
    const jobIds = listOf(stream);
    assert.ok(jobIds.includes(waiting.id) && jobIds.includes(newest.id) && !jobIds.includes(older.id));
    assert.equal(jobIds[0], newest.id);
    assert.deepEqual(stateOf(stream, newest.id), newest);
    assert.deepEqual([...folded(stream.messages).keys()].toSorted(), jobIds.toSorted());
    stream.socket.destroy();
  });

  it('tells of jobs that come anew, to their end, over the one connection', async () => {
    const stream = await openListed('?newest=0');
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    await Promise.all(ids.map((id) => playJob(id)));
    // A snapshot may show the end already; the event comes behind it all the same.
    const hasEnd = (id: string) =>
      stream.messages.some((message) => message.event === 'cancelled' && jobIdOf(message) === id);
    await stream.until(() => ids.every(hasEnd));
    for (const id of ids) {
      assert.deepEqual(stateOf(stream, id), (await readJob(server.database, id))?.job);
      const kinds = stream.messages.filter((message) => jobIdOf(message) === id).map(({ event }) => event);
      assert.equal(kinds[0], 'snapshot');
      assert.equal(kinds.filter((kind) => kind === 'cancelled').length, 1);
    }
    stream.socket.destroy();
  });

  it('gives the end of a job even to a client that never saw it run', async () => {
    const stream = await openListed('?newest=0');
    const { id } = await endedJob();
    await stream.until(({ messages }) =>
      messages.some((message) => message.event === 'failed' && jobIdOf(message) === id),
    );
    stream.socket.destroy();
  });

  it('passes live figures on, the newest only, with the id of their job', async () => {
    const { id } = await createLoggedJob(server.database);
    await append(server.database, id, { kind: 'started' });
    const stream = await openListed(`?ids=${id}`);
    for (let step = 1; step <= 50; step++) await setLive(server.database, id, liveAt(step / 50));
    await stream.until(({ messages }) => messages.some(({ data }) => data.includes('"progress":1')));
    const ticks = stream.messages.filter(({ event }) => event === 'progress');
    assert.ok(ticks.length < 20, `${ticks.length} ticks`);
    assert.deepEqual(JSON.parse(ticks.at(-1)?.data ?? ''), { jobId: id, live: liveAt(1) });
    stream.socket.destroy();
  });

  it('says when a job was deleted, and begins again with one of the same id', async () => {
    const { id } = await endedJob();
    const stream = await openListed(`?ids=${id}`);
    await server.database.query('DELETE FROM aura.job WHERE id = $1', [id]);
    await stream.until(({ messages }) => messages.at(-1)?.event === 'deleted');
    assert.deepEqual(JSON.parse(stream.messages.at(-1)?.data ?? ''), { jobId: id });
    const again = await createLoggedJob(server.database, id, 'Another');
    await stream.until(() => stateOf(stream, id) !== undefined);
    assert.deepEqual(stateOf(stream, id), again);
    stream.socket.destroy();
  });

  it('follows only the jobs asked for, those that do not exist yet among them', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    const stream = await openListed(`?ids=${mine.toUpperCase()},${randomUUID()}`);
    assert.deepEqual(listOf(stream), []);
    await Promise.all([playJob(other), playJob(mine)]);
    await stream.until(() => stateOf(stream, mine)?.status === 'cancelled');
    assert.ok(stream.messages.every((message) => jobIdOf(message) !== other));
    stream.socket.destroy();
  });

  it('takes up a job again that was tried again', async () => {
    const { id, stages } = await endedJob();
    const stream = await openListed('?newest=0');
    await append(server.database, id, { kind: 'retried', attempt: 2, stages });
    await stream.until(() => stateOf(stream, id)?.attempt === 2);
    await append(server.database, id, { kind: 'started' });
    await stream.until(() => stateOf(stream, id)?.status === 'running');
    stream.socket.destroy();
  });

  for (const query of ['?ids=', '?ids=nonsense', `?ids=${`${randomUUID()},`.repeat(101)}`, '?newest=101']) {
    it(`refuses ${query.slice(0, 20)}`, async () => {
      const response = await fetch(`${server.url}/api/events${query}`);
      assert.equal(response.status, 422);
      assert.equal((await problemOf(response)).code, 'body_invalid');
    });
  }

  it('answers HEAD with the headers alone', async () => {
    const response = await fetch(`${server.url}/api/events`, { method: 'HEAD' });
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  });

  it('holds little for a client that never reads, and cuts it off', async () => {
    const responses: ServerResponse[] = [];
    server.app.server.prependListener('request', (_request, response) => responses.push(response));
    const { id } = await createLoggedJob(server.database);
    const stream = await openListed(`?ids=${id}`);
    stream.socket.pause();
    let mostHeldBytes = 0;
    const events = Array.from({ length: 10 }, () => ({ kind: 'log', message: 'x'.repeat(100_000) }) as const);
    for (let megabytes = 0; megabytes < 12; megabytes++) {
      await append(server.database, id, ...events);
      await setImmediate();
      mostHeldBytes = Math.max(mostHeldBytes, ...responses.map(({ writableLength }) => writableLength));
    }
    await waitFor(() => server.logLines.some(({ outcome }) => outcome === 'too slow'));
    assert.ok(mostHeldBytes < 256 * 1024, `${mostHeldBytes} bytes were held`);
    assert.ok(responses.some(({ destroyed }) => destroyed));
    stream.socket.destroy();
  });

  // The last: nothing can be asked of the server after it.
  it('ends when the server closes', async () => {
    const streams = await Promise.all([openListed(''), openListed('?newest=0')]);
    await server.app.close();
    await Promise.all(streams.map((stream) => stream.until(({ hasEnded }) => hasEnded)));
  });
});

describe('the stream of all jobs on PostgreSQL', () => {
  it('misses nothing while the listening connection is cut and transactions commit out of order', async () => {
    const databases = await startDatabases('postgresql');
    const database = await openDatabase(await databases.fresh());
    const hub = await createEventHub(database);
    const own = await openServer({ database, hub });
    try {
      const [slow, quick] = [await createLoggedJob(database), await createLoggedJob(database)];
      const stream = await openListed('?newest=0', own);
      const mayCommit = Promise.withResolvers<void>();
      const hasWritten = Promise.withResolvers<void>();
      // Its event is written first, and seen last.
      const slowly = database.transaction(async (transaction) => {
        await append({ ...database, transaction: (work) => work(transaction) }, slow.id, { kind: 'started' });
        hasWritten.resolve();
        await mayCommit.promise;
      });
      await hasWritten.promise;
      await append(database, quick.id, { kind: 'started' });
      await stream.until(() => stateOf(stream, quick.id)?.status === 'running');
      mayCommit.resolve();
      await slowly;
      await stream.until(() => stateOf(stream, slow.id)?.status === 'running');

      await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aura-listen'",
      );
      const { id } = await createLoggedJob(database);
      await append(database, quick.id, { kind: 'cancelled' });
      await stream.until(() => stateOf(stream, id) !== undefined && listCount(stream) === 2);
      await append(database, slow.id, { kind: 'cancelled' });
      await stream.until(() => stateOf(stream, slow.id)?.status === 'cancelled');
      stream.socket.destroy();
    } finally {
      await own[Symbol.asyncDispose]();
      await hub.close();
      await database.close();
      await databases.stop();
    }
  });
});

async function openListed(query: string, { port } = server): Promise<RawStream> {
  const stream = await openRaw(port, `/api/events${query}`);
  await stream.until(() => listCount(stream) === 1);
  return stream;
}

function listCount({ messages }: RawStream): number {
  return messages.filter(({ event }) => event === 'listed').length;
}

function listOf({ messages }: RawStream): string[] {
  const listed = messages.find(({ event }) => event === 'listed');
  return listedSchema.parse(JSON.parse(listed?.data ?? '')).jobIds;
}

function stateOf({ messages }: RawStream, jobId: string): Job | undefined {
  return folded(messages).get(jobId);
}

/** What a client makes of what it got: throws when an event is missing before another. */
function folded(messages: readonly EventSourceMessage[]): Map<string, Job> {
  const jobs = new Map<string, Job>();
  for (const { event = '', data } of messages) {
    if (event === 'snapshot') {
      const job = jobSchema.parse(JSON.parse(data));
      jobs.set(job.id, job);
    } else if (event === 'deleted') jobs.delete(JSON.parse(data).jobId);
    else if (event !== 'listed' && event !== 'progress') {
      const { jobId, event: logged } = eventOfJobSchema.parse(JSON.parse(data));
      assert.equal(logged.kind, event);
      jobs.set(jobId, reduceJob(jobs.get(jobId), logged));
    }
  }
  return jobs;
}

function jobIdOf({ event, data }: EventSourceMessage): unknown {
  const { id, jobId } = JSON.parse(data);
  return event === 'snapshot' ? id : jobId;
}

async function playJob(id: string): Promise<void> {
  await createLoggedJob(server.database, id);
  await append(server.database, id, { kind: 'started' });
  await append(server.database, id, { kind: 'log', message: 'Speaking' }, { kind: 'cancelling' });
  await append(server.database, id, { kind: 'cancelled' });
}

async function endedJob(): Promise<Job> {
  const { id } = await createLoggedJob(server.database);
  return append(server.database, id, { kind: 'started' }, { kind: 'failed', error: failure });
}
