import assert from 'node:assert/strict';
import { after, before, it, mock } from 'node:test';
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

it('asks the database once about an event, however many watch, and tells each of it once', async () => {
  const job = await createLoggedJob(server.database);
  const streams = await Promise.all(
    Array.from({ length: watcherCount }, () => openRaw(server.port, `/api/jobs/${job.id}/events`)),
  );
  await Promise.all(streams.map((stream) => stream.until(({ messages }) => messages.length === 1)));
  await waitFor(() => server.subscriptionCount() === watcherCount);
  await append(server.database, job.id, { kind: 'log', message: 'one' });
  await Promise.all(streams.map((stream) => stream.until(({ messages }) => messages.length === 2)));

  const queries = mock.method(server.database, 'query');
  await append(server.database, job.id, { kind: 'log', message: 'two – “zwei”' });
  await Promise.all(streams.map((stream) => stream.until(({ messages }) => messages.length === 3)));
  const asked = queries.mock.calls.filter(({ arguments: [sql] }) => /aura\.(event|job) /.test(String(sql)));
  queries.mock.restore();

  // How far the job is and what is new, each once more when the hint comes twice or the safety net looks.
  assert.ok(asked.length <= 6, asked.map(({ arguments: [sql] }) => sql).join('\n'));
  await append(server.database, job.id, { kind: 'cancelled' });
  await Promise.all(streams.map((stream) => stream.until(({ hasEnded }) => hasEnded)));
  for (const { messages } of streams) {
    assert.deepEqual(
      messages.map(({ event, id }) => `${event} ${id}`),
      ['snapshot 1', 'log 2', 'log 3', 'cancelled 4'],
    );
    assert.deepEqual(messages, streams[0]?.messages);
  }
});
