import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTerminal } from '../../src/protocol/index.ts';
import { AuraClient, type Connection } from '../../src/sdk/index.ts';
import { defaultTiming } from '../../src/sdk/watching.ts';
import { TestJob } from './contract-server.ts';
import { changed, follow, play, serve } from './follow.ts';
import { completedLog, fold, sampleJobId } from './sample-log.ts';
import type { Misbehaviour } from './stream-writer.ts';

const finalState = fold(completedLog);

test('an undisturbed stream is followed from the snapshot to the end, which comes once', async (t) => {
  const job = new TestJob(completedLog.slice(0, 2));
  const { states, server } = await follow(t, { job, whileWatching: [(n) => n === 1 && play(job)] });
  assert.deepEqual(states.at(0), fold(completedLog.slice(0, 2)));
  assert.deepEqual(states.at(-1), finalState);
  assert.equal(states.filter((state) => isTerminal(state.status)).length, 1);
  assert.deepEqual(server.positions, [undefined]);
});

for (const cut of ['cutAfter', 'endAfter'] as const) {
  test(`a connection that ends after every single message (${cut}) loses nothing`, async (t) => {
    const job = new TestJob(completedLog.slice(0, 1));
    const { states, server } = await follow(t, {
      job,
      stream: () => ({ [cut]: 1 }),
      whileWatching: [(n) => n === 1 && play(job)],
    });
    assert.deepEqual(
      states,
      completedLog.map((_, index) => fold(completedLog.slice(0, index + 1))).filter(changed),
    );
    assert.deepEqual(server.positions, [undefined, '1', '2', '3', '4', '5', '6', '7', '8']);
    assert.ok(
      !server.requests.some((request) => request.endsWith(sampleJobId)),
      'no need to ask for the state',
    );
  });
}

const odd: Record<string, Misbehaviour> = {
  'pieces of one byte': { pieceBytes: 1 },
  'pieces of three bytes': { pieceBytes: 3 },
  'CRLF line ends': { lineEnd: '\r\n' },
  'CRLF in pieces of one byte': { lineEnd: '\r\n', pieceBytes: 1 },
  'comments and unknown types': { isNoisy: true },
  'a position that is answered with events known already': { repeats: 3, cutAfter: 4 },
};

for (const [name, manner] of Object.entries(odd)) {
  test(`${name}: the folded state is the same`, async (t) => {
    const job = new TestJob(completedLog.slice(0, 1));
    const { states } = await follow(t, {
      job,
      stream: () => manner,
      whileWatching: [(n) => n === 1 && play(job)],
    });
    assert.deepEqual(states.at(-1), finalState);
    assert.deepEqual(
      states,
      completedLog.map((_, index) => fold(completedLog.slice(0, index + 1))).filter(changed),
    );
  });
}

test('while the stream answers 502 the state is asked for, and the stream taken up again after', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const connections: Connection[] = [];
  const { states, server } = await follow(t, {
    job,
    stream: (n) => {
      if (n < 2) return { status: 502 };
      play(job);
      return {};
    },
    connections,
  });
  assert.deepEqual(states.at(-1), finalState);
  assert.deepEqual(connections, ['polling', 'live']);
  assert.deepEqual(server.positions, [undefined, '3', '3']);
});

test('a stream that always answers 500 does not hide the end of the job', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const { states } = await follow(t, {
    job,
    stream: () => ({ status: 500 }),
    whileWatching: [(n) => n === 1 && play(job)],
  });
  assert.deepEqual(states, [fold(completedLog.slice(0, 3)), finalState]);
});

test('204 to a watcher that does not know the end makes it ask', async (t) => {
  const { states } = await follow(t, { job: new TestJob(completedLog), stream: () => ({ status: 204 }) });
  assert.deepEqual(states, [finalState]);
});

test('a server that is down altogether is reported as offline, then followed to the end', async (t) => {
  const job = new TestJob(completedLog);
  const connections: Connection[] = [];
  const { states } = await follow(t, {
    job,
    stream: (n) => (n < 3 ? { status: 503 } : {}),
    poll: () => 503,
    connections,
  });
  assert.deepEqual(states, [finalState]);
  assert.deepEqual(connections, ['offline', 'live']);
});

test('a connection that falls silent is given up and resumed by its position', async (t) => {
  const job = new TestJob(completedLog.slice(0, 4));
  const { states, server } = await follow(t, {
    job,
    stream: (n) => (n === 0 ? { silentAfter: 1 } : {}),
    timing: { silenceSeconds: 0.2, retrySeconds: 0.002 },
    whileWatching: [(n) => n === 1 && play(job)],
  });
  assert.deepEqual(states.at(-1), finalState);
  assert.deepEqual(server.positions, [undefined, '4']);
});

test('a connection on which not even the first byte comes is given up', async (t) => {
  const { states, server } = await follow(t, {
    job: new TestJob(completedLog),
    stream: (n) => (n === 0 ? { silentAfter: 0 } : {}),
    poll: () => 502,
    timing: { silenceSeconds: 0.2, retrySeconds: 0.002 },
  });
  assert.deepEqual(states, [finalState]);
  assert.deepEqual(server.positions, [undefined, undefined]);
});

test('a line that has no end is given up before it fills the memory, and the state asked for', async (t) => {
  const job = new TestJob(completedLog);
  const connections: Connection[] = [];
  const { states, server } = await follow(t, { job, stream: () => ({ isEndless: true }), connections });
  assert.deepEqual(states, [finalState]);
  assert.deepEqual(connections, ['live', 'polling']);
  assert.deepEqual(server.positions, [undefined]);
});

for (const [name, manner] of Object.entries({ 'left out': { without: 5 }, garbled: { garbled: 5 } })) {
  test(`an event that is ${name} is made good by the whole state`, async (t) => {
    const job = new TestJob(completedLog.slice(0, 1));
    const { states } = await follow(t, {
      job,
      stream: () => manner,
      whileWatching: [(n) => n === 1 && play(job)],
    });
    assert.deepEqual(states.at(-1), finalState);
  });
}

test('a line that was good is taken up again almost at once, whatever the server says to browsers', async (t) => {
  const job = new TestJob(completedLog.slice(0, 1));
  const began = performance.now();
  const { states } = await follow(t, {
    job,
    timing: defaultTiming,
    stream: () => ({ cutAfter: 1, retry: 3_600_000 }),
    whileWatching: [(n) => n === 1 && play(job)],
  });
  assert.deepEqual(states.at(-1), finalState);
  // Nine connections, each paid for by an event: eight pauses of a quarter of a second at most.
  assert.ok(performance.now() - began < 8 * 250 + 1_500);
});

test('a stream that brings the same again and again is come back to ever later', async (t) => {
  const server = await serve(t, {
    jobs: { [sampleJobId]: new TestJob(completedLog.slice(0, 1)) },
    stream: () => ({ repeats: 1, endAfter: 1 }),
  });
  const handle = new AuraClient({ baseUrl: server.url, timing: { silenceSeconds: 5, retrySeconds: 0.05 } });
  const signal = AbortSignal.timeout(1_500);
  await assert.rejects(async () => {
    for await (const _ of handle.job(sampleJobId).watch({ signal }));
  }, signal.reason);
  // 0 to 50 ms, then from 50, 100, 200, 400 and 800 ms: without end of the doubling there would be thirty or more.
  assert.ok(server.positions.length >= 4 && server.positions.length <= 7, `${server.positions.length}`);
});

test('a stream that ends without a message does not hide the end of the job', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const { states } = await follow(t, {
    job,
    stream: () => ({ endAfter: 0 }),
    whileWatching: [(n) => n === 1 && play(job)],
  });
  assert.deepEqual(states.at(-1), finalState);
});
