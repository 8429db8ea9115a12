import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Job, NewJobEvent } from '../../src/protocol/index.ts';
import { AuraClient, type Connection } from '../../src/sdk/index.ts';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { type Line, openRelay } from './relay.ts';
import { waitFor } from './wait-for.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.1 });
});
after(() => server[Symbol.asyncDispose]());

/** A silence that is never reached: only asking can bring anything. */
const timing = { silenceSeconds: 60, retrySeconds: 0.005, quietSeconds: 0.1, pollSeconds: 0.02 };

describe('a proxy that holds streams back', () => {
  it('does not keep a watcher from seeing each change and the end', async () => {
    await using proxy = await openBuffer(() => Number.POSITIVE_INFINITY);
    const job = await createLoggedJob(server.database);
    const watching = watch(proxy.url, job.id);
    for (let step = 1; step <= 5; step++) {
      const { seq } = await append(server.database, job.id, { kind: 'log', message: `${step}` });
      await watching.untilSeen(seq);
    }
    const last = await append(server.database, job.id, { kind: 'cancelled' });
    assert.deepEqual((await watching.states).at(-1), last);
    assert.equal(watching.connections[0], 'polling');
  });

  it('and lets them go in lumps brings nothing twice and nothing old', async () => {
    await using proxy = await openBuffer(() => 1_500);
    const job = await createLoggedJob(server.database);
    const watching = watch(proxy.url, job.id);
    for (let step = 1; step <= 30; step++) {
      const { seq } = await append(server.database, job.id, log(`${step} ${'x'.repeat(200)}`));
      await watching.untilSeen(seq);
    }
    const last = await append(server.database, job.id, { kind: 'cancelled' });
    const states = await watching.states;
    assert.deepEqual(states.at(-1), last);
    for (const [index, { seq }] of states.entries()) assert.ok(seq >= (states[index - 1]?.seq ?? 0));
    assert.equal(states.filter(({ status }) => status === 'cancelled').length, 1);
    assert.ok(proxy.streamCount() > 1, 'lumps came');
  });

  it('is not asked any more as soon as it lets the bytes through', async () => {
    let heldBytes = Number.POSITIVE_INFINITY;
    await using proxy = await openBuffer(() => heldBytes);
    const job = await createLoggedJob(server.database);
    const watching = watch(proxy.url, job.id);
    await watching.untilSeen(job.seq);
    await waitFor(() => proxy.pollCount() >= 3);
    heldBytes = 0;
    await waitFor(() => watching.connections.at(-1) === 'live');
    const polls = proxy.pollCount();
    const beats = proxy.heartbeatCount();
    // Each of them takes as long as five questions.
    await waitFor(() => proxy.heartbeatCount() >= beats + 4);
    const last = await append(server.database, job.id, { kind: 'cancelled' });
    assert.deepEqual((await watching.states).at(-1), last);
    assert.equal(proxy.pollCount(), polls);
    assert.deepEqual(watching.connections, ['polling', 'live']);
  });

  it('is asked nothing on a line on which the first bytes come at once', async () => {
    await using proxy = await openBuffer(() => 0);
    const job = await createLoggedJob(server.database);
    const watching = watch(proxy.url, job.id);
    await waitFor(() => proxy.heartbeatCount() >= 4);
    const last = await append(server.database, job.id, { kind: 'cancelled' });
    assert.deepEqual((await watching.states).at(-1), last);
    assert.equal(proxy.pollCount(), 0);
  });
});

const log = (message: string): NewJobEvent => ({ kind: 'log', message });

/** A relay that passes on what comes of a stream, headers included, only when it has more of it than so many bytes. */
async function openBuffer(heldBytes: () => number) {
  const counts = { streams: 0, polls: 0, heartbeats: 0 };
  const tamper = ({ client, server: to }: Line): boolean => {
    let held: Buffer[] = [];
    let isStream = false;
    const pass = () => {
      client.write(Buffer.concat(held));
      held = [];
    };
    client.on('data', (request) => {
      isStream = String(request).includes('/events ');
      counts[isStream ? 'streams' : 'polls'] += 1;
      to.write(request);
    });
    to.on('data', (answer) => {
      held.push(answer);
      const isFull = held.reduce((sum, { length }) => sum + length, 0) > heldBytes();
      if (isStream && !isFull) return;
      if (isStream && String(answer).includes('\n:')) counts.heartbeats += 1;
      pass();
    });
    to.on('end', () => {
      pass();
      client.end();
    });
    return true;
  };
  const relay = await openRelay(() => server.port, tamper);
  return {
    ...relay,
    streamCount: () => counts.streams,
    pollCount: () => counts.polls,
    heartbeatCount: () => counts.heartbeats,
  };
}

function watch(baseUrl: string, jobId: string) {
  const connections: Connection[] = [];
  let newest = 0;
  const collect = async () => {
    const states: Job[] = [];
    const onConnection = (connection: Connection) => void connections.push(connection);
    for await (const state of new AuraClient({ baseUrl, timing }).job(jobId).watch({ onConnection })) {
      states.push(state);
      newest = state.seq;
    }
    return states;
  };
  return { states: collect(), connections, untilSeen: (seq: number) => waitFor(() => newest >= seq) };
}
