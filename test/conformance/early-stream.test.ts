import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Job } from '../../src/protocol/index.ts';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { openRaw } from './raw-stream.ts';
import { waitFor } from './wait-for.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.2, streamWaitSeconds: 3 });
});
after(() => server[Symbol.asyncDispose]());

const pathOf = (job: Pick<Job, 'id'>) => `/api/jobs/${job.id}/events`;

describe('a stream that is opened before the job exists', () => {
  it('is woken by the insert', async () => {
    const id = randomUUID();
    const stream = await openRaw(server.port, pathOf({ id }));
    await waitFor(() => server.subscriptionCount() > 0);
    const began = performance.now();
    await createLoggedJob(server.database, id);
    const waitedMs = Math.floor(performance.now() - began);
    await stream.until(({ messages }) => messages.length === 1);
    assert.equal(stream.messages[0]?.event, 'snapshot');
    await append(server.database, id, { kind: 'cancelled' });
    await stream.until(({ hasEnded }) => hasEnded);
    const line = await waitFor(() => lineOf(id));
    assert.equal(line['outcome'], 'ended');
    assert.equal(line['requestId'], stream.header('x-request-id'));
    // Some time went by before the insert, and the three seconds were not waited for.
    assert.ok(
      Number(line['waitedMs']) >= waitedMs && Number(line['waitedMs']) < 3_000,
      `${line['waitedMs']}`,
    );
  });

  it('is answered 404 when the time is up', async () => {
    const id = randomUUID();
    const stream = await openRaw(server.port, pathOf({ id }), { headers: { Connection: 'close' } });
    await stream.until(({ hasEnded }) => hasEnded);
    assert.equal(stream.status, 404);
    assert.equal(JSON.parse(stream.body).code, 'job_not_found');
    assert.equal(stream.header('content-type'), 'application/problem+json; charset=utf-8');
    const line = await waitFor(() => lineOf(id));
    assert.equal(line['outcome'], 'not found');
    assert.equal(line['requestId'], stream.header('x-request-id'));
    // Three seconds, as the server was told, by a timer that may come a little late.
    assert.ok(Number(line['waitedMs']) >= 2_990 && Number(line['waitedMs']) < 5_000, `${line['waitedMs']}`);
  });

  it('stops waiting when the client goes', async () => {
    const id = randomUUID();
    const before = server.logLines.length;
    const stream = await openRaw(server.port, pathOf({ id }));
    await waitFor(() => server.subscriptionCount() > 0);
    stream.socket.destroy();
    await waitFor(() => lineOf(id));
    // Whatever else the first request has to tell is told by the time another one is answered.
    await fetch(`${server.url}/api/health`);
    const told = server.logLines.slice(before).filter(({ level }) => Number(level) > debugLevel);
    assert.deepEqual(
      told.map(({ msg, outcome }) => ({ msg, outcome })),
      [{ msg: 'event stream', outcome: 'client left' }],
      'nothing went wrong, so nothing else is told',
    );
  });
});

/** Of pino. */
const debugLevel = 20;

function lineOf(jobId: string): Record<string, unknown> | undefined {
  return server.logLines.find((line) => line['jobId'] === jobId && line['outcome'] !== undefined);
}
