import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeWaiting } from '../../src/engine/queue-places.ts';
import { withLive } from '../../src/protocol/index.ts';
import { type Database, type QueuedJob, readJob } from '../../src/store/index.ts';
import { withDatabase } from '../support/with-database.ts';
import { waitFor } from './support/wait-for.ts';
import { openWorkshop } from './support/workshop.ts';

let database: Database;
withDatabase('pglite', (opened) => {
  database = opened;
});

it('tells a job that waits how many are ahead and when their work is done, until it is its turn', async () => {
  const workshop = openWorkshop(database);
  await workshop.engine.start();
  try {
    for (const name of ['narrate-1', 'narrate-2']) workshop.studio.hold(name);
    const first = await workshop.order();
    await waitFor('both places to be taken', () => workshop.studio.running.size === 2);
    const second = await workshop.order();
    const shown = async () => {
      const state = await readJob(database, second.id);
      return state && withLive(state.job, state.live);
    };
    const waiting = await waitFor('its place', async () => {
      const job = await shown();
      return job?.queue ? job : undefined;
    });
    assert.deepEqual([waiting.status, waiting.queue?.jobsAhead], ['queued', 1]);
    assert.equal(waiting.activity, 'Waiting for 1 export ahead');
    assert.ok(waiting.queue && waiting.queue.etaSeconds > 0);
    assert.ok((waiting.etaSeconds ?? 0) > waiting.queue.etaSeconds, 'its own work comes on top');
    assert.equal((await workshop.events(second.id)).length, 1, 'nothing of it is in the log');
    for (const name of ['narrate-1', 'narrate-2']) workshop.studio.release(name);
    await workshop.until(first.id, 'completed');
    await workshop.until(second.id, 'completed');
    assert.equal((await shown())?.queue, null);
  } finally {
    await workshop.engine.stop();
  }
});

it('counts those that are preferred first, and says nothing twice', () => {
  const job = (id: string, changes: Partial<QueuedJob> = {}): QueuedJob => ({
    ...{ id, status: 'queued', priority: 'normal', progress: 0, stage: null, figures: null },
    ...{ leftSeconds: 10, isWaiting: true },
    ...changes,
  });
  const jobs = [
    job('running', { status: 'running', isWaiting: false }),
    job('low', { priority: 'low' }),
    job('normal'),
    job('high', { priority: 'high' }),
  ];
  const told = describeWaiting(jobs);
  const places = told.map(({ jobId, live }) => [jobId, live.queue?.jobsAhead, live.queue?.etaSeconds]);
  assert.deepEqual(places, [
    ['high', 0, 0],
    ['normal', 2, 20],
    ['low', 3, 30],
  ]);
  const again = jobs.map((each) => ({
    ...each,
    figures: told.find(({ jobId }) => jobId === each.id)?.live ?? null,
  }));
  assert.deepEqual(describeWaiting(again), []);
});
