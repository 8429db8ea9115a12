import assert from 'node:assert/strict';
import { after, before, it, mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { openRaw } from './raw-stream.ts';
import { waitFor } from './wait-for.ts';

let server: TestServer;
before(async () => {
  server = await openServer();
});
after(() => server[Symbol.asyncDispose]());

const watcherCount = 60;

/** What was going to be asked of the database after the last event has been: it answers one after the other. */
async function answered(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await setImmediate();
    await server.database.query('SELECT');
  }
}

it('asks the database once about an event, however many watch, and tells each of it once', async () => {
  const job = await createLoggedJob(server.database);
  const streams = await Promise.all(
    Array.from({ length: watcherCount }, () => openRaw(server.port, `/api/jobs/${job.id}/events`)),
  );
  await Promise.all(streams.map((stream) => stream.until(({ messages }) => messages.length === 1)));
  await waitFor(() => server.subscriptionCount() === watcherCount);

  const queries = mock.method(server.database, 'query');
  for (const [index, message] of ['one', 'two – “zwei”'].entries()) {
    await append(server.database, job.id, { kind: 'log', message });
    await Promise.all(streams.map((stream) => stream.until(({ messages }) => messages.length === index + 2)));
    await answered();
  }
  await append(server.database, job.id, { kind: 'cancelled' });
  await Promise.all(streams.map((stream) => stream.until(({ hasEnded }) => hasEnded)));
  const asked = queries.mock.calls.filter(({ arguments: [sql] }) => /aura\.(event|job) /.test(String(sql)));
  queries.mock.restore();

  // What is new, once for each event, and what the safety net looks at meanwhile.
  assert.ok(asked.length < watcherCount, asked.map(({ arguments: [sql] }) => sql).join('\n'));
  for (const { messages } of streams) {
    assert.deepEqual(
      messages.map(({ event, id }) => `${event} ${id}`),
      ['snapshot 1', 'log 2', 'log 3', 'cancelled 4'],
    );
    assert.deepEqual(messages, streams[0]?.messages);
  }
});
