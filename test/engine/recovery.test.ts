import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it, type TestContext } from 'node:test';
import { type Job, type JobEvent, reduceJob } from '../../src/protocol/index.ts';
import { openDatabase, readEvents, readJob } from '../../src/store/index.ts';
import {
  type DatabaseKind,
  databaseKinds,
  startDatabases,
  type TestDatabases,
} from '../support/databases.ts';
import { taskNames } from './support/film.ts';
import { hold, release, runs } from './support/hold-files.ts';
import { waitFor } from './support/wait-for.ts';
import type { WorkerOptions } from './support/worker-program.ts';

type Opening = Awaited<ReturnType<TestDatabases['fresh']>>;

for (const kind of databaseKinds) {
  describe(`after a kill on ${kind}`, () => {
    let databases: TestDatabases;
    let opening: Opening;
    let folder: string;
    const workers = new Set<ChildProcess>();
    const start = async (renderConcurrency = 2) => {
      const worker = await startWorker({ database: opening, folder, renderConcurrency });
      workers.add(worker);
      return worker;
    };
    before(async () => {
      databases = await startDatabases(kind);
      opening = await databases.fresh();
    });
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'aura-runs-'));
    });
    afterEach(async () => {
      for (const worker of workers) await kill(worker);
      workers.clear();
      await rm(folder, { recursive: true, force: true });
    });
    after(() => databases.stop());

    it('goes on where it was, and does again only what was not done', async () => {
      hold(folder, 'render-2');
      const first = await start();
      const id = randomUUID();
      first.send({ create: id });
      await waitFor('render-2 to be begun', () => runs(folder, 'render-2').length === 1);
      await waitFor('the others to be done', () => runs(folder, 'render-3').length === 1);
      await kill(first);
      release(folder, 'render-2');
      const second = await start();
      const { job, events } = await finished(kind, opening, { id, worker: second });
      assert.equal(job.status, 'completed', JSON.stringify(job.error));
      assertSound(job, events);
      for (const name of ['narrate-1', 'narrate-2', 'plan', 'render-1', 'finish']) {
        assert.equal(runs(folder, name).length, 1, name);
      }
      assert.deepEqual(runs(folder, 'render-2'), [first.pid, second.pid]);
    });

    it('ends a cancellation that the killed process could not end', async () => {
      hold(folder, 'plan');
      const first = await start();
      const id = randomUUID();
      first.send({ create: id });
      await waitFor('plan to be begun', () => runs(folder, 'plan').length === 1);
      // Stopped, it cannot obey the order to cancel that it took.
      const second = await takeCancel(kind, first, id, start);
      const { job, events } = await finished(kind, opening, { id, worker: second });
      assert.equal(job.status, 'cancelled');
      assertSound(job, events);
      assert.equal(runs(folder, 'render-1').length, 0);
    });

    it('hands its tasks back when it is stopped by SIGTERM', async () => {
      hold(folder, 'render-1');
      const first = await start();
      const id = randomUUID();
      first.send({ create: id });
      await waitFor('render-1 to be begun', () => runs(folder, 'render-1').length === 1);
      const begin = performance.now();
      first.kill('SIGTERM');
      const [code] = await once(first, 'exit');
      assert.equal(code, 0);
      assert.ok(performance.now() - begin < 8_000);
      release(folder, 'render-1');
      const { job, events } = await finished(kind, opening, { id, worker: await start() });
      assert.equal(job.status, 'completed');
      assertSound(job, events);
      for (const name of taskNames.filter((task) => task !== 'render-1')) {
        assert.ok(runs(folder, name).length <= (name.startsWith('render') ? 2 : 1), name);
      }
    });
  });
}

describe('several workers on one postgresql', () => {
  let databases: TestDatabases;
  let folder: string;
  before(async () => {
    databases = await startDatabases('postgresql');
    folder = await mkdtemp(join(tmpdir(), 'aura-runs-'));
  });
  after(async () => {
    await databases.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('share one job, each task done once', async (test) => {
    const opening = await databases.fresh();
    for (const name of ['render-1', 'render-2']) hold(folder, name);
    const options = { database: opening, folder, renderConcurrency: 1 };
    const workers = await Promise.all([startFor(test, options), startFor(test, options)]);
    const id = randomUUID();
    workers[0]?.send({ create: id });
    const places = () => [...runs(folder, 'render-1'), ...runs(folder, 'render-2')];
    await waitFor('both to draw', () => places().length === 2);
    assert.deepEqual(new Set(places()), new Set(workers.map(({ pid }) => pid)));
    for (const name of ['render-1', 'render-2']) release(folder, name);
    const { job, events } = await finished('postgresql', opening, { id, worker: undefined });
    assert.equal(job.status, 'completed');
    assertSound(job, events);
    for (const name of taskNames) assert.equal(runs(folder, name).length, 1, name);
  });

  it('obey an order to cancel that another process took', async (test) => {
    const opening = await databases.fresh();
    const own = await mkdtemp(join(folder, 'cancel-'));
    hold(own, 'plan');
    const options = { database: opening, folder: own, renderConcurrency: 1 };
    const workers = await Promise.all([startFor(test, options), startFor(test, options)]);
    const id = randomUUID();
    workers[0]?.send({ create: id });
    const [runner] = await waitFor(
      'plan to be begun',
      () => runs(own, 'plan').length === 1 && runs(own, 'plan'),
    );
    workers.find(({ pid }) => pid !== runner)?.send({ cancel: id });
    const { job, events } = await finished('postgresql', opening, { id, worker: undefined });
    assert.equal(job.status, 'cancelled');
    assertSound(job, events);
    const [asked, ended] = [events.at(-2), events.at(-1)];
    assert.equal(asked?.kind, 'cancelling');
    assert.ok(Date.parse(ended?.at ?? '') - Date.parse(asked.at) < 5_000);
  });

  it('ignore a worker that slept through its lease and wakes up with a result', async (test) => {
    const opening = await databases.fresh();
    const own = await mkdtemp(join(folder, 'sleep-'));
    hold(own, 'plan');
    const options = { database: opening, folder: own, renderConcurrency: 1 };
    const sleeper = await startFor(test, options);
    const id = randomUUID();
    sleeper.send({ create: id });
    await waitFor('plan to be begun', () => runs(own, 'plan').length === 1);
    sleeper.kill('SIGSTOP');
    const other = await startFor(test, options);
    await waitFor('the other to take it over', () => runs(own, 'plan').length === 2);
    release(own, 'plan');
    sleeper.kill('SIGCONT');
    const { job, events } = await finished('postgresql', opening, { id, worker: undefined });
    assert.equal(job.status, 'completed');
    assertSound(job, events);
    assert.deepEqual(runs(own, 'plan'), [sleeper.pid, other.pid]);
  });
});

/**
 * The cancellation is written, and the process that runs the task dies before the task could end. Embedded, the process that
 * takes the order is the one that runs the task; with a server it is another.
 */
async function takeCancel(
  kind: DatabaseKind,
  first: ChildProcess,
  id: string,
  start: () => Promise<ChildProcess>,
): Promise<ChildProcess> {
  if (kind === 'pglite') {
    first.send({ cancel: id });
    await kill(first);
    const second = await start();
    second.send({ cancel: id });
    return second;
  }
  first.kill('SIGSTOP');
  const second = await start();
  second.send({ cancel: id });
  await kill(first);
  return second;
}

async function startWorker(options: WorkerOptions): Promise<ChildProcess> {
  const program = join(import.meta.dirname, 'support/worker-program.ts');
  const worker = fork(program, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await once(worker, 'message');
  return worker;
}

/** A worker that does not outlive the test, however that ends. */
async function startFor(test: TestContext, options: WorkerOptions): Promise<ChildProcess> {
  const worker = await startWorker(options);
  test.after(() => kill(worker));
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

interface Ending {
  readonly id: string;
  readonly worker: ChildProcess | undefined;
}

interface Finished {
  readonly job: Job;
  readonly events: readonly JobEvent[];
}

/** Waits for the job's end. The embedded database can be looked into only when the worker has let go of it. */
async function finished(kind: DatabaseKind, opening: Opening, { id, worker }: Ending): Promise<Finished> {
  if (kind === 'pglite' && worker !== undefined) {
    worker.send({ tellEnd: id });
    await once(worker, 'message');
    await kill(worker);
  }
  const database = await openDatabase(opening);
  const job = await waitFor('the job to end', async () => {
    const state = await readJob(database, id);
    return state?.job.finishedAt !== null && state?.job;
  });
  const events = await readEvents(database, id, { after: 0 });
  await database.close();
  return { job, events };
}

function assertSound(job: Job, events: readonly JobEvent[]): void {
  assert.deepEqual(events.reduce<Job | undefined>(reduceJob, undefined), job);
  assert.equal(events.at(-1)?.seq, events.length);
}
