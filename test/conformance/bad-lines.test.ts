import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import { isTerminal, type Job, type NewJobEvent } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { append, createLoggedJob } from '../http/job-log.ts';
import { openServer, type TestServer } from '../http/open-server.ts';
import { randomNumbers } from './random-numbers.ts';
import { type Line, openRelay } from './relay.ts';

let server: TestServer;
before(async () => {
  server = await openServer({ heartbeatSeconds: 0.2 });
});
after(() => server[Symbol.asyncDispose]());

/** Quick, so that a test sees many connections. */
const timing = { silenceSeconds: 0.8, retrySeconds: 0.005 };

for (const seed of [1, 2]) {
  test(`a line that cuts, resets, answers for the server and falls silent at random (seed ${seed})`, async () => {
    const random = randomNumbers(seed);
    const suffered = new Set<string>();
    await using relay = await openRelay(
      () => server.port,
      (line) => spoil(line, random, suffered),
    );
    const job = await createLoggedJob(server.database);
    const watching = watch(relay.url, job.id);
    for (let step = 1; step <= 40; step++) {
      const message = `${step} ${'x'.repeat(300)}`;
      const { seq } = await append(server.database, job.id, { kind: 'log', message });
      if (step % 8 === 0) await watching.untilSeen((seen) => seen === seq);
    }
    const last = await append(server.database, job.id, ...ending);
    const states = await watching.states;
    assert.deepEqual(states.at(-1), last);
    assert.equal(states.filter(({ status }) => isTerminal(status)).length, 1);
    for (const [index, { seq }] of states.entries()) assert.ok(seq >= (states[index - 1]?.seq ?? 0));
    assert.ok(suffered.size >= 3, `it was bad: ${[...suffered].join(', ')}`);
  });
}

test('a wall clock that jumps by days changes nothing for the server nor the SDK', async (t) => {
  const job = await createLoggedJob(server.database);
  const connections: string[] = [];
  const watching = watch(server.url, job.id, connections);
  await watching.untilSeen((seq) => seq === job.seq);
  t.after(() => mock.timers.reset());
  const began = Date.now();
  mock.timers.enable({ apis: ['Date'], now: began });
  for (const days of [1, -2, 400, -4_000]) {
    mock.timers.setTime(Math.max(0, began + days * 86_400_000));
    const { seq } = await append(server.database, job.id, { kind: 'log', message: `${days} days away` });
    await watching.untilSeen((seen) => seen === seq);
  }
  const last = await append(server.database, job.id, ...ending);
  assert.deepEqual((await watching.states).at(-1), last);
  assert.deepEqual(connections, ['live'], 'the one connection held');
});

const ending: readonly NewJobEvent[] = [{ kind: 'cancelling' }, { kind: 'cancelled' }];

/** Does one bad thing, or none, to a new connection. */
function spoil({ client, server: to }: Line, random: () => number, suffered: Set<string>): boolean {
  const wrongs = ['cut', 'reset', 'answer 502', 'answer 204', 'hang up', 'silence', 'nothing'] as const;
  const wrong = wrongs[Math.floor(random() * wrongs.length)] ?? 'nothing';
  suffered.add(wrong);
  if (wrong === 'answer 502' || wrong === 'answer 204') {
    client.once('data', () => client.end(`HTTP/1.1 ${wrong.slice(7)} x\r\n${noBody}\r\n\r\n`));
    return true;
  }
  let bytesLeft = Math.floor(random() * 4_000);
  to.on('data', (part) => {
    bytesLeft -= part.length;
    if (bytesLeft > 0) return;
    if (wrong === 'cut') client.destroy();
    if (wrong === 'reset') client.resetAndDestroy();
    if (wrong === 'silence') to.unpipe(client);
  });
  if (wrong === 'hang up') client.destroy();
  return false;
}

const noBody = 'Content-Length: 0\r\nConnection: close';

function watch(baseUrl: string, jobId: string, connections: string[] = []) {
  let newest = 0;
  let changed = Promise.withResolvers<void>();
  const collect = async () => {
    const states: Job[] = [];
    const handle = new AuraClient({ baseUrl, timing }).job(jobId);
    for await (const state of handle.watch({ onConnection: (connection) => connections.push(connection) })) {
      states.push(state);
      newest = state.seq;
      changed.resolve();
      changed = Promise.withResolvers();
    }
    return states;
  };
  return {
    states: collect(),
    /** Resolves once a state whose number pleases has been given. */
    async untilSeen(pleases: (seq: number) => boolean): Promise<void> {
      while (newest === 0 || !pleases(newest)) await changed.promise;
    },
  };
}
