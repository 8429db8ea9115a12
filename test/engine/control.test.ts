import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { AuraError } from '../../src/protocol/index.ts';
import { type Database, noteBlobUse, readEvents, readJob } from '../../src/store/index.ts';
import { databaseKinds } from '../support/databases.ts';
import { withDatabase } from '../support/with-database.ts';
import { waitFor } from './support/wait-for.ts';
import { assertSoundLog, openWorkshop, type Workshop } from './support/workshop.ts';

for (const kind of databaseKinds) {
  describe(`control of jobs on ${kind}`, () => {
    let database: Database;
    let workshop: Workshop;
    withDatabase(kind, (opened) => {
      database = opened;
    });
    beforeEach(async () => {
      workshop = openWorkshop(database, { maxQueued: 3 });
      await workshop.engine.start();
    });
    afterEach(() => workshop.engine.stop());

    const kindsOf = async (id: string) => (await workshop.events(id)).map((event) => event.kind);

    it('pauses when what runs is done, begins nothing more, and goes on where it was', async () => {
      workshop.studio.hold('render-1');
      workshop.studio.hold('render-2');
      const { id } = await workshop.order();
      await workshop.untilRunning('render-1');
      await workshop.untilRunning('render-2');
      const pausing = await workshop.engine.pause(id);
      assert.deepEqual([pausing.status, pausing.isPausing], ['running', true]);
      assert.equal((await workshop.engine.pause(id)).seq, pausing.seq, 'asking twice changes nothing');
      workshop.studio.release('render-1');
      await waitFor('the first to be done', () => workshop.studio.running.size === 1);
      assert.equal((await workshop.job(id)).status, 'running');
      workshop.studio.release('render-2');
      const paused = await workshop.until(id, 'paused');
      assert.deepEqual([paused.isPausing, paused.etaSeconds, paused.activity], [false, null, null]);
      assert.equal((await workshop.engine.pause(id)).seq, paused.seq);
      assert.ok(!workshop.studio.begun.includes('render-3'), 'the third waits');
      const resumed = await workshop.engine.resume(id);
      assert.equal(resumed.status, 'running');
      assert.ok(resumed.progress >= paused.progress);
      await workshop.until(id, 'completed');
      assert.equal(workshop.studio.begun.filter((name) => name === 'render-1').length, 1);
      await assertSoundLog(workshop, id);
    });

    it('keeps a paused job over restarts', async () => {
      workshop.studio.hold('plan');
      const { id } = await workshop.order();
      await workshop.untilRunning('plan');
      await workshop.engine.pause(id);
      await workshop.engine.stop();
      assert.equal((await workshop.job(id)).status, 'paused', 'what ran was put back');
      workshop = openWorkshop(database);
      await workshop.engine.start();
      const other = await workshop.order();
      await workshop.until(other.id, 'completed');
      assert.equal((await workshop.job(id)).status, 'paused');
      await workshop.engine.resume(id);
      await workshop.until(id, 'completed');
      await assertSoundLog(workshop, id);
    });

    it('pauses what waits at once, and resumes it as waiting', async () => {
      for (const name of ['narrate-1', 'narrate-2']) workshop.studio.hold(name);
      const first = await workshop.order();
      await waitFor('both places to be taken', () => workshop.studio.running.size === 2);
      const { id } = await workshop.order();
      assert.equal((await workshop.engine.pause(id)).status, 'paused');
      for (const name of ['narrate-1', 'narrate-2']) workshop.studio.release(name);
      await workshop.until(first.id, 'completed');
      assert.equal(workshop.studio.begun.filter((name) => name === 'narrate-1').length, 1);
      assert.equal((await workshop.engine.resume(id)).status, 'queued');
      await workshop.until(id, 'completed');
      assert.deepEqual((await kindsOf(id)).slice(0, 5), [
        'created',
        'pausing',
        'paused',
        'resumed',
        'started',
      ]);
    });

    it('takes a pause back before it began, and cancels a paused job', async () => {
      workshop.studio.hold('render-1');
      const { id } = await workshop.order();
      await workshop.untilRunning('render-1');
      await workshop.engine.pause(id);
      assert.equal((await workshop.engine.resume(id)).isPausing, false);
      await waitFor('the others to be done', () => workshop.studio.begun.includes('render-3'));
      await workshop.engine.pause(id);
      workshop.studio.release('render-1');
      await workshop.until(id, 'paused');
      assert.equal((await workshop.engine.cancel(id)).status, 'cancelled');
      await assert.rejects(workshop.engine.pause(id), { code: 'job_finished' });
      await assert.rejects(workshop.engine.resume(id), { code: 'job_finished' });
      await assert.rejects(workshop.engine.pause(randomUUID()), { code: 'job_not_found' });
      await assertSoundLog(workshop, id);
    });

    it('tries a failed task again only after the pause', async () => {
      const asked = Promise.withResolvers<void>();
      workshop.studio.onNext('plan', async () => {
        await asked.promise;
        throw new AuraError('render_failed', 'The encoder crashed.');
      });
      const { id } = await workshop.order();
      await workshop.untilRunning('plan');
      await workshop.engine.pause(id);
      asked.resolve();
      await workshop.until(id, 'paused');
      assert.equal(workshop.studio.begun.filter((name) => name === 'plan').length, 1);
      await workshop.engine.resume(id);
      await workshop.until(id, 'completed');
      assert.equal(workshop.studio.begun.filter((name) => name === 'plan').length, 2);
    });

    it('begins the work of a preferred job before the work that was there first', async () => {
      for (const name of ['narrate-1', 'narrate-2']) workshop.studio.hold(name);
      const first = await workshop.order();
      await waitFor('both places to be taken', () => workshop.studio.running.size === 2);
      const order = (priority: 'low' | 'normal' | 'high') =>
        workshop.engine.createJob({ title: priority, input: {}, priority });
      const made = [await order('low'), await order('normal'), await order('high')];
      assert.deepEqual(
        made.map(({ job }) => job.priority),
        ['low', 'normal', 'high'],
      );
      for (const name of ['narrate-1', 'narrate-2']) workshop.studio.release(name);
      for (const { job } of made) await workshop.until(job.id, 'completed');
      await workshop.until(first.id, 'completed');
      const startedAt = await Promise.all(
        made.map(async ({ job }) => (await workshop.job(job.id)).startedAt),
      );
      const [low, normal, high] = startedAt.map((at) => Date.parse(at ?? ''));
      assert.ok(Number(high) <= Number(normal) && Number(normal) <= Number(low), JSON.stringify(startedAt));
    });

    it('refuses more waiting jobs than it may have, exactly, and takes the known key even then', async () => {
      for (const name of ['narrate-1', 'narrate-2']) workshop.studio.hold(name);
      const first = await workshop.order();
      await waitFor('both places to be taken', () => workshop.studio.running.size === 2);
      const keyed = { title: 'A film', input: {}, idempotencyKey: randomUUID() };
      const waiting = [(await workshop.engine.createJob(keyed)).job.id];
      const results = await Promise.allSettled(Array.from({ length: 6 }, () => workshop.order()));
      for (const result of results) if (result.status === 'fulfilled') waiting.push(result.value.id);
      assert.equal(waiting.length, 3);
      const refused = results.find((result) => result.status === 'rejected');
      assert.equal(refused?.reason.code, 'queue_full');
      const { retryAfterSeconds } = refused?.reason ?? {};
      assert.ok(retryAfterSeconds >= 1 && retryAfterSeconds <= 600, `${retryAfterSeconds}`);
      assert.equal((await workshop.engine.createJob(keyed)).isNew, false);
      await workshop.engine.cancel(waiting[1] ?? '');
      waiting.push((await workshop.order()).id);
      await assert.rejects(workshop.engine.retry(waiting[1] ?? ''), { code: 'queue_full' });
      for (const name of ['narrate-1', 'narrate-2']) workshop.studio.release(name);
      for (const id of [first.id, ...waiting.filter((_, index) => index !== 1)])
        await workshop.until(id, 'completed');
    });

    it('keeps a key for one request, for a day', async () => {
      const request = { title: 'A film', input: {}, idempotencyKey: randomUUID(), requestHash: 'a' };
      const { job } = await workshop.engine.createJob(request);
      assert.equal((await workshop.engine.createJob(request)).job.id, job.id);
      await assert.rejects(workshop.engine.createJob({ ...request, requestHash: 'b' }), {
        code: 'idempotency_mismatch',
      });
      const age = "UPDATE aura.job SET created_at = created_at - interval '24 hours' WHERE id = $1";
      await database.query(age, [job.id]);
      const next = await workshop.engine.createJob({ ...request, requestHash: 'b' });
      assert.equal(next.isNew, true);
      await workshop.until(job.id, 'completed');
      await workshop.until(next.job.id, 'completed');
    });

    it('deletes what has ended, with the stored results that nobody else uses', async () => {
      workshop.studio.onNext('plan', ({ use }) => use(['plan/own.json', 'chunk/shared']));
      const { id } = await workshop.order();
      await workshop.until(id, 'completed');
      workshop.studio.hold('plan');
      const other = await workshop.order();
      await noteBlobUse(database, other.id, ['chunk/shared']);
      await assert.rejects(workshop.engine.delete(other.id), { code: 'job_not_finished' });
      await workshop.engine.delete(id);
      assert.deepEqual(workshop.removedBlobs, ['plan/own.json']);
      assert.equal(await readJob(database, id), undefined);
      assert.deepEqual(await readEvents(database, id, { after: 0 }), []);
      await assert.rejects(workshop.engine.delete(id), { code: 'job_not_found' });
      workshop.studio.release('plan');
      await workshop.until(other.id, 'completed');
      await workshop.engine.delete(other.id);
      assert.deepEqual(workshop.removedBlobs, ['plan/own.json', 'chunk/shared']);
    });

    it('removes later what could not be removed at once, and takes no message for lost that a pause took back', async () => {
      const { id } = await workshop.order();
      await workshop.until(id, 'completed');
      await noteBlobUse(database, id, ['mix/a.m4a']);
      const broken = openWorkshop(database, {
        role: 'api',
        files: {
          removeBlob: () => Promise.reject(new Error('the disk is gone')),
          removePreview: async () => {},
        },
      });
      await broken.engine.start();
      workshop.studio.hold('render-1');
      const pausing = await workshop.order();
      await workshop.untilRunning('render-1');
      await workshop.engine.pause(pausing.id);
      await assert.rejects(broken.engine.delete(id), /the disk is gone/);
      await broken.engine.stop();
      await waitFor('the sweep', () => workshop.removedBlobs.includes('mix/a.m4a'));
      const messages = await database.query(
        "SELECT id FROM aura_queue.job WHERE state = 'created' AND data ->> 'jobId' = $1",
        [pausing.id],
      );
      assert.deepEqual(messages, []);
      workshop.studio.release('render-1');
      await workshop.until(pausing.id, 'paused');
    });
  });
}
