import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { isTerminal, type Job } from '../../src/protocol/index.ts';
import { AuraClient, type Connection, type WatchTiming } from '../../src/sdk/index.ts';
import { type ContractServer, startContractServer, TestJob } from './contract-server.ts';
import { completedLog, firstEvents, fold, live, numbered, sampleJobId } from './sample-log.ts';
import type { Misbehaviour } from './stream-writer.ts';

const finalState = fold(completedLog);
const timing: WatchTiming = { silenceSeconds: 5, retrySeconds: 0.002 };

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

test('live figures are laid over the state; the bar never goes back, whatever comes', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const ticks = [live(0.3, 'Drawing frame 30'), live(0.2, 'Drawing frame 20'), live(0.4, 'Drawing frame 40')];
  const { states } = await follow(t, {
    job,
    whileWatching: [
      (n) => n === 1 && ticks.forEach((tick) => void job.tick(tick)),
      (_, state) => state.activity === 'Drawing frame 40' && play(job),
    ],
  });
  assert.deepEqual(
    states.slice(0, 4).map(({ progress, activity }) => [progress, activity]),
    [
      [0.1, null],
      [0.3, 'Drawing frame 30'],
      [0.3, 'Drawing frame 20'],
      [0.4, 'Drawing frame 40'],
    ],
  );
  const bar = states.map((state) => state.progress);
  assert.deepEqual(
    bar,
    bar.toSorted((a, b) => a - b),
  );
  assert.deepEqual(states.at(-1), finalState);
});

test('a job that is run again starts its bar again', async (t) => {
  const failed = numbered([
    ...firstEvents,
    { kind: 'stage', stages: [], stage: 'mix', progress: 0.8, etaSeconds: 1 },
  ]);
  const job = new TestJob(failed);
  const { states } = await follow(t, {
    job,
    stream: (n) => ({ endAfter: n === 0 ? 1 : 3 }),
    whileWatching: [
      (n) => {
        if (n !== 1) return;
        job.append({ kind: 'cancelling' });
        job.append({ kind: 'retried', attempt: 2, stages: [] });
        job.append({ kind: 'started' });
        job.append({ kind: 'cancelled' });
      },
    ],
  });
  assert.deepEqual(
    states.map(({ attempt, status, progress }) => [attempt, status, progress]),
    [
      [1, 'running', 0.8],
      [1, 'cancelling', 0.8],
      [2, 'queued', 0],
      [2, 'running', 0],
      [2, 'cancelled', 0],
    ],
  );
});

test('a job that does not exist ends the watching with its code', async (t) => {
  const server = await serve(t, {});
  const watching = new AuraClient({ baseUrl: server.url, timing }).job(sampleJobId).watch();
  await assert.rejects(watching.next(), { name: 'AuraError', code: 'job_not_found' });
  assert.deepEqual((await watching.next()).done, true);
});

test('a wrong address ends the watching instead of trying for ever', async (t) => {
  const server = await serve(t, {});
  const watching = new AuraClient({ baseUrl: `${server.url}/elsewhere`, timing }).job(sampleJobId).watch();
  await assert.rejects(watching.next(), { name: 'AuraError', code: 'route_not_found' });
});

test('abort ends the watching at once, also in the middle of a wait, and closes the connection', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const server = await serve(t, { jobs: { [sampleJobId]: job } });
  const stop = new AbortController();
  const watching = new AuraClient({ baseUrl: server.url }).job(sampleJobId).watch({ signal: stop.signal });
  await watching.next();
  const waiting = watching.next();
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, { message: 'enough' });
  await until(() => job.listeners.size === 0);
});

test('leaving the loop closes the connection', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const server = await serve(t, { jobs: { [sampleJobId]: job } });
  for await (const _ of new AuraClient({ baseUrl: server.url }).job(sampleJobId).watch()) break;
  await until(() => job.listeners.size === 0);
});

test('a server that does not close the stream after the end does not keep the watcher', async (t) => {
  const job = new TestJob(completedLog);
  const { states } = await follow(t, { job, stream: () => ({ silentAfter: 1 }) });
  assert.deepEqual(states, [finalState]);
});

test('a job that is run again after its end was seen is not followed further', async (t) => {
  const job = new TestJob(completedLog.slice(0, 2));
  const { states } = await follow(t, {
    job,
    stream: () => ({ silentAfter: 100 }),
    whileWatching: [
      (_, { status }) => {
        if (status === 'running') job.append({ kind: 'cancelled' });
        if (status === 'cancelled') job.append({ kind: 'retried', attempt: 2, stages: [] });
      },
    ],
  });
  assert.deepEqual(
    states.map(({ status }) => status),
    ['running', 'cancelled'],
  );
});

test('the pause between two tries is the server’s when it names one', async (t) => {
  const job = new TestJob(completedLog.slice(0, 3));
  const { states } = await follow(t, {
    job,
    timing: { silenceSeconds: 5, retrySeconds: 3_600 },
    stream: () => ({ endAfter: 1, retry: 2 }),
    whileWatching: [(n) => n === 1 && play(job)],
  });
  assert.deepEqual(states.at(-1), finalState);
});

/** Appends what is left of the sample job. */
function play(job: TestJob): void {
  for (const { seq: _, at: __, ...event } of completedLog.slice(job.log.length)) job.append(event);
}

/** A state that differs from the one before by more than its number is a change too: `seq` is part of the state. */
function changed(state: Job, index: number, all: Job[]): boolean {
  return JSON.stringify(state) !== JSON.stringify(all[index - 1]);
}

interface Following {
  readonly job: TestJob;
  readonly stream?: (connection: number) => Misbehaviour;
  readonly poll?: (request: number) => number | undefined;
  readonly timing?: WatchTiming;
  readonly whileWatching?: ((count: number, state: Job) => unknown)[];
  readonly connections?: Connection[];
}

async function follow(
  t: TestContext,
  following: Following,
): Promise<{ states: Job[]; server: ContractServer }> {
  const { job, whileWatching = [], connections = [], stream, poll } = following;
  const server = await serve(t, {
    jobs: { [sampleJobId]: job },
    ...(stream && { stream }),
    ...(poll && { poll }),
  });
  const handle = new AuraClient({ baseUrl: server.url, timing: following.timing ?? timing }).job(sampleJobId);
  const states: Job[] = [];
  for await (const state of handle.watch({ onConnection: (connection) => connections.push(connection) })) {
    states.push(state);
    for (const step of whileWatching) step(states.length, state);
  }
  return { states, server };
}

async function serve(
  t: TestContext,
  setup: Parameters<typeof startContractServer>[0],
): Promise<ContractServer> {
  const server = await startContractServer(setup);
  t.after(() => server.close());
  return server;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
