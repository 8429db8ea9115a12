import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Live } from '../../src/protocol/index.ts';
import {
  createEventHub,
  type Database,
  type EventHub,
  openDatabase,
  readEvents,
  setLive,
} from '../../src/store/index.ts';
import { waitFor } from '../engine/support/wait-for.ts';
import { databaseKinds, startDatabases, type TestDatabases } from '../support/databases.ts';
import { addJob, append } from './support.ts';

const figures: Live = { progress: 0.5, stage: 'mix', etaSeconds: 3, preview: null, activity: null };

for (const kind of databaseKinds) {
  describe(`the event hub on ${kind}`, () => {
    let databases: TestDatabases;
    let database: Database;
    let hub: EventHub;
    before(async () => {
      databases = await startDatabases(kind);
      database = await openDatabase(await databases.fresh());
      hub = await createEventHub(database);
    });
    after(async () => {
      await hub.close();
      await database.close();
      await databases.stop();
    });

    it('tells a watcher of its job’s events and figures, and of no other’s', async () => {
      const [job, other] = [await addJob(database), await addJob(database)];
      const heard: (number | Live)[] = [];
      const stop = hub.subscribe(job.id, {
        appended: (seq) => heard.push(seq),
        live: (live) => heard.push(live),
      });
      await waitFor('the position at the start', () => heard.length === 1);
      await append(database, other.id, { kind: 'started' });
      await append(database, job.id, { kind: 'started' });
      await waitFor('the event', () => heard.length === 2);
      await setLive(database, job.id, figures);
      await waitFor('the figures', () => heard.length === 3);
      stop();
      assert.deepEqual(heard, [1, 2, figures]);
    });

    it('tells a late watcher of a watched job where the job is', async () => {
      const { id } = await addJob(database);
      const first: number[] = [];
      const stopFirst = hub.subscribe(id, { appended: (seq) => first.push(seq), live: () => {} });
      await waitFor('the first', () => first.length === 1);
      assert.equal(await hub.waitForJob(id, { timeoutSeconds: 5 }), true);
      stopFirst();
    });

    it('wakes who waits for a job when it is inserted', async () => {
      const id = randomUUID();
      const waiting = hub.waitForJob(id, { timeoutSeconds: 20 });
      await addJob(database, { id });
      const start = performance.now();
      assert.equal(await waiting, true);
      // Woken by the insert: the look that happens every 3 s anyway would be later in most runs.
      assert.ok(performance.now() - start < 2_500);
    });

    it('stops waiting when the time is up and when asked to', async () => {
      assert.equal(await hub.waitForJob(randomUUID(), { timeoutSeconds: 0.05 }), false);
      const controller = new AbortController();
      const waiting = hub.waitForJob(randomUUID(), { timeoutSeconds: 20, signal: controller.signal });
      controller.abort();
      assert.equal(await waiting, false);
    });

    it('tells who follows all jobs which one has changed, and which was deleted', async () => {
      const heard: (string | Live)[] = [];
      const stop = hub.subscribeAll({
        position: ({ jobId, seq, live }) => heard.push(live ?? `${jobId} ${seq}`),
        deleted: (jobId) => heard.push(`${jobId} deleted`),
        missed: () => heard.push('missed'),
      });
      const { id } = await addJob(database);
      await waitFor('the job', () => heard.includes(`${id} 1`));
      await append(database, id, { kind: 'started' });
      await waitFor('its event', () => heard.includes(`${id} 2`));
      await setLive(database, id, figures);
      await waitFor('its figures', () => heard.some((value) => typeof value === 'object'));
      await database.query('DELETE FROM aura.job WHERE id = $1', [id]);
      await waitFor('its end', () => heard.includes(`${id} deleted`));
      stop();
    });

    it('changes nothing in the log however many watch', async () => {
      const { id } = await addJob(database);
      const before = await dump(database, id);
      let told = 0;
      const stops = Array.from({ length: 200 }, () =>
        hub.subscribe(id, { appended: () => told++, live: () => {} }),
      );
      await waitFor('everybody to be told', () => told === 200);
      assert.deepEqual(await dump(database, id), before);
      await append(database, id, { kind: 'started' });
      await waitFor('everybody to be told of the event', () => told === 400);
      for (const stop of stops) stop();
      assert.equal((await readEvents(database, id, { after: 0 })).length, 2);
    });
  });
}

describe('the event hub on postgresql', () => {
  it('catches up on what it missed while its connection was cut', async () => {
    const databases = await startDatabases('postgresql');
    const database = await openDatabase(await databases.fresh());
    const hub = await createEventHub(database);
    const { id } = await addJob(database);
    const heard: number[] = [];
    hub.subscribe(id, { appended: (seq) => heard.push(seq), live: () => {} });
    let missed = 0;
    hub.subscribeAll({ position: () => {}, deleted: () => {}, missed: () => missed++ });
    await waitFor('the start', () => heard.includes(1));
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aura-listen'",
    );
    await append(database, id, { kind: 'started' });
    await waitFor('the event', () => heard.includes(2));
    await waitFor('who follows all to be told', () => missed === 1);
    await hub.close();
    await database.close();
    await databases.stop();
  });
});

/** All that is stored about a job, version of each row included: any write would show. */
async function dump(database: Database, id: string): Promise<unknown> {
  return Promise.all([
    database.query('SELECT xmin::text, ctid::text, state FROM aura.job WHERE id = $1', [id]),
    database.query('SELECT xmin::text, ctid::text, data FROM aura.event WHERE job_id = $1', [id]),
    database.query('SELECT xmin::text, ctid::text, figures FROM aura.live WHERE job_id = $1', [id]),
  ]);
}
