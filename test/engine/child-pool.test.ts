import assert from 'node:assert/strict';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { type ChildPool, createChildPool, type PooledWork, withDetails } from '../../src/engine/index.ts';
import type { ChildInput } from './support/child-program.ts';
import { isAlive } from './support/is-alive.ts';
import { waitFor } from './support/wait-for.ts';
import { silent } from './support/workshop.ts';

// First of all: it counts the processes of this one.
it('starts nothing any more once it is closed', async () => {
  const pool = createChildPool({ ...patient, expected: 1 });
  const count = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
  pool.expect(work());
  assert.equal(count(), 1);
  await pool.close();
  await waitFor('its end', () => count() === 0);
  pool.expect(work());
  assert.equal(count(), 0);
});

it('gives work to the process that did the last, whosever it was', async () => {
  const run = openPool();
  const pid = z.int().parse(await run({ owner: 'one' }));
  assert.equal(await run({ owner: 'one' }), pid);
  assert.equal(await run({ owner: 'other' }), pid);
});

it('does no work in a process where other work has left something behind', async () => {
  const run = openPool();
  const plain = z.int().parse(await run());
  assert.equal(await run({ environment: 'red' }), plain);
  assert.equal(await run(), plain);
  assert.equal(await run({ environment: 'red' }), plain);
  assert.notEqual(await run({ environment: 'blue' }), plain);
  await waitFor('the process with the other to end', () => !isAlive(plain));
});

it('has as many processes as there is work at a time', async () => {
  const run = openPool();
  const pids = await Promise.all([run(), run()]);
  assert.notEqual(pids[0], pids[1]);
  const again = await Promise.all([run(), run()]);
  assert.deepEqual(again.toSorted(), pids.toSorted());
});

it('gives work to who did such before, else to who worked for the same owner, else to who worked last', async () => {
  const run = openPool();
  const speak = { owner: 'one', kind: 'speak' };
  const draw = { owner: 'other', kind: 'draw' };
  const [speaks, draws] = await Promise.all([run(speak), run(draw)]);
  for (let round = 0; round < 2; round++) {
    assert.equal(await run({ ...speak, owner: 'new' }), speaks);
    assert.equal(await run({ ...draw, owner: 'new' }), draws);
  }
  await run(draw);
  await run(speak);
  assert.equal(await run({ owner: 'other', kind: 'join' }), draws);
  await run(speak);
  assert.equal(await run({ owner: 'third', kind: 'mix' }), speaks);
});

it('ends the processes that wait after work of an owner whose work was broken off', async () => {
  const run = openPool();
  const pids = z.array(z.int()).parse(await Promise.all([run(), run(), run({ owner: 'other' })]));
  await run({ owner: 'other', kind: 'other' });
  const controller = new AbortController();
  const running = run({ input: { act: 'stay', file: devNull }, signal: controller.signal });
  controller.abort(new Error('nobody wants it'));
  await assert.rejects(running, /nobody wants it/);
  await waitFor('the end of both', () => pids.filter(isAlive).length === 1);
});

it('starts another after one that failed', async () => {
  const run = openPool();
  const pid = z.int().parse(await run());
  await assert.rejects(run({ input: { act: 'fail' } }), { code: 'picture_invalid' });
  assert.ok(!isAlive(pid));
  assert.notEqual(await run(), pid);
  await assert.rejects(run({ input: { act: 'throw' } }), { code: 'internal' });
});

it('names a crash after the work that was done, not after what the process was started for', async () => {
  const run = openPool();
  await run({ crashCode: 'narration_failed' });
  await assert.rejects(run({ crashCode: 'mix_failed', input: { act: 'exit' } }), { code: 'mix_failed' });
});

it('does not give work to a process that died while it waited', async () => {
  const run = openPool();
  const pid = z.int().parse(await run());
  process.kill(pid, 'SIGKILL');
  await waitFor('its end', () => !isAlive(pid));
  assert.notEqual(await run(), pid);
});

it('ends a process soon that waits while another works', async () => {
  const run = openPool({ pause: 20 });
  const controller = new AbortController();
  const running = run({ input: { act: 'stay', file: devNull }, signal: controller.signal });
  const pid = z.int().parse(await run({ owner: 'other' }));
  await waitFor('its end', () => !isAlive(pid));
  controller.abort(new Error('enough'));
  await assert.rejects(running, /enough/);
});

it('lets a process rest in a quiet time, and ends it when that is long', async () => {
  const run = openPool({ pause: 20, quiet: 60_000 });
  const pid = await run();
  while ((await run({ input: { act: 'rests' } })) === 0) await setTimeout(50);
  assert.equal(await run(), pid);
  const brief = openPool({ pause: 20, quiet: 20 });
  const other = z.int().parse(await brief());
  await waitFor('its end', () => !isAlive(other));
});

it('has one process ready in a quiet time for what a job begins with, and gives it that', async () => {
  const run = openPool({ ready: ['speak'], pause: 300, quiet: 60_000 });
  const kinds = ['speak', 'draw', 'mix'];
  const pids = await Promise.all(kinds.map((kind) => run({ kind })));
  // It was the first that waited, and so the first that rests.
  await setTimeout(700);
  const asked = await Promise.all(kinds.map((kind) => run({ kind, input: { act: 'ready' } })));
  assert.deepEqual(asked.toSorted(), ['speak', null, null].toSorted());
  assert.equal(asked[0], 'speak');
  assert.deepEqual((await Promise.all(kinds.map((kind) => run({ kind })))).toSorted(), pids.toSorted());
});

it('starts processes for work that is expected, one of them ready for each kind that takes long', async () => {
  const pool = openWholePool({ ready: ['speak', 'mix'], expected: 3, quiet: 60_000 });
  pool.expect(work());
  // Those that wait are enough.
  pool.expect(work());
  const kinds = ['mix', 'draw', 'speak'];
  const rests = kinds.map((kind) => pool.run(work({ kind, input: { act: 'rests' } })));
  assert.deepEqual(await Promise.all(rests), [1, 1, 1]);
  const asked = kinds.map((kind) => pool.run(work({ kind, input: { act: 'ready' } })));
  assert.deepEqual(await Promise.all(asked), ['mix', null, 'speak']);
});

it('has as many wait in a quiet time as the next work may need, though fewer worked', async () => {
  const pool = openWholePool({ pause: 20, quiet: 60_000, expected: 2 });
  await pool.run(work());
  await setTimeout(300);
  const rests = [1, 2].map(() => pool.run(work({ input: { act: 'rests' } })));
  assert.deepEqual(await Promise.all(rests), [1, 1]);
});

it('gives other work rather to a process that is not the one that is ready, though that waited last', async () => {
  const pool = openWholePool({ ready: ['speak'], pause: 100, quiet: 60_000, expected: 2 });
  pool.expect(work());
  const ready = await pool.run(work({ kind: 'speak' }));
  const readyFor = (kind: string) => pool.run(work({ kind, owner: 'new', input: { act: 'ready' } }));
  // It rests, and is ready again.
  await setTimeout(400);
  assert.equal(await readyFor('draw'), null);
  assert.equal(await readyFor('speak'), 'speak');
  assert.equal(await pool.run(work({ kind: 'speak', owner: 'new' })), ready);
});

it('starts nothing for expected work while there is some', async () => {
  const pool = openWholePool({ expected: 2 });
  const running = pool.run(work({ input: { act: 'count', restMilliseconds: 300 } }));
  pool.expect(work());
  await running;
  const rests = [1, 2].map(() => pool.run(work({ input: { act: 'rests' } })));
  assert.deepEqual(await Promise.all(rests), [0, 0]);
});

it('keeps what waits for longer when work is expected, and not for ever', async () => {
  const pool = openWholePool({ pause: 20, quiet: 1_200, expected: 1 });
  const pid = z.int().parse(await pool.run(work()));
  for (let round = 0; round < 3; round++) {
    await setTimeout(700);
    pool.expect(work());
  }
  assert.ok(isAlive(pid));
  await waitFor('its end', () => !isAlive(pid));
});

it('keeps no more in a quiet time than it is told to, however many worked at once', async () => {
  const run = openPool({ pause: 300, most: 2 });
  const pids = z.array(z.int()).parse(await Promise.all(Array.from({ length: 5 }, () => run())));
  assert.equal(new Set(pids).size, 5);
  await waitFor('the end of three', () => pids.filter(isAlive).length <= 2);
  await setTimeout(500);
  assert.equal(pids.filter(isAlive).length, 2);
});

it('keeps those that rest for a while when work begins again', async () => {
  const run = openPool({ pause: 600, start: 1_200 });
  const pids = z.array(z.int()).parse(await Promise.all([run(), run()]));
  await setTimeout(700);
  const controller = new AbortController();
  const running = run({ input: { act: 'stay', file: devNull }, signal: controller.signal });
  await setTimeout(700);
  assert.equal(pids.filter(isAlive).length, 2);
  await waitFor('the end of the one without work', () => pids.filter(isAlive).length === 1);
  controller.abort(new Error('enough'));
  await assert.rejects(running, /enough/);
});

it('gives a process that has grown no work of another owner', async () => {
  const run = openPool({ largestBytes: 1_000_000 });
  const pid = z.int().parse(await run());
  assert.equal(await run(), pid);
  assert.notEqual(await run({ owner: 'other' }), pid);
  await waitFor('its end', () => !isAlive(pid));
  const quiet = openPool({ largestBytes: 1_000_000, pause: 20 });
  const other = z.int().parse(await quiet());
  await waitFor('the end of the other', () => !isAlive(other));
});

it('gives a process that had grown work of another owner when it has let go of that in a rest', async () => {
  const run = openPool({ largestBytes: 100_000_000, pause: 20, quiet: 60_000 });
  const pid = z.int().parse(await run({ input: { act: 'grow', bytes: 100_000_000 } }));
  // Of the same owner: it does not keep the process from resting.
  while ((await run({ input: { act: 'rests' } })) === 0) await setTimeout(50);
  await setTimeout(300);
  assert.equal(await run({ owner: 'other' }), pid);
});

it('has no processes left once it is closed', async () => {
  const pool = createChildPool(patient);
  const pids = z.array(z.int()).parse(await Promise.all([pool.run(work()), pool.run(work())]));
  const late = pool.run(work());
  await pool.close();
  const latest = z.int().parse(await late);
  assert.ok(![...pids, latest].some(isAlive));
});

it('logs what a process writes to stderr as of the work it does, and no later work is blamed for it', async () => {
  const run = openPool();
  const lines: object[] = [];
  const logOf = (jobId: string) =>
    withDetails({ ...silent, warn: (details) => void lines.push(details) }, { jobId });
  const words = (round: number) => `words of ${round}`;
  const pids: unknown[] = [];
  for (let round = 0; round < 20; round++) {
    pids.push(await run({ input: { act: 'mutter', words: words(round) }, logger: logOf(`job ${round}`) }));
  }
  const [pid] = pids;
  assert.equal(new Set(pids).size, 1);
  assert.deepEqual(
    lines,
    pids.map((_, round) => ({ jobId: `job ${round}`, pid, text: `${words(round)}\n` })),
  );
  await assert.rejects(run({ input: { act: 'exit' } }), ({ message }: Error) => {
    assert.match(message, /the last words/);
    return !message.includes(words(19));
  });
});

const patient = { pause: 60_000, start: 60_000, quiet: 60_000, most: 9, largestBytes: 1e12 } as const;

type Options = Parameters<typeof createChildPool>[0];

function openWholePool(changes: Partial<Options> = {}): ChildPool {
  const pool = createChildPool({ ...patient, ...changes });
  after(pool.close);
  return pool;
}

function openPool(changes: Partial<Options> = {}) {
  const pool = openWholePool(changes);
  return (one?: Partial<PooledWork>) => pool.run(work(one));
}

function work(changes: Partial<PooledWork> = {}): PooledWork {
  return {
    modulePath: join(import.meta.dirname, 'support/child-program.ts'),
    input: { act: 'pid' } satisfies ChildInput,
    signal: new AbortController().signal,
    onReport: () => {},
    stallSeconds: 60,
    crashCode: 'render_failed',
    logger: silent,
    ...{ owner: 'somebody', kind: 'any', ...changes },
  };
}
