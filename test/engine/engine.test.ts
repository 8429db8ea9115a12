import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { AuraError, type Live } from '../../src/protocol/index.ts';
import { type Database, readJob, readTasks } from '../../src/store/index.ts';
import { databaseKinds } from '../support/databases.ts';
import { withDatabase } from '../support/with-database.ts';
import { taskNames } from './support/film.ts';
import { waitFor } from './support/wait-for.ts';
import { assertSoundLog, openWorkshop, type Workshop } from './support/workshop.ts';

for (const kind of databaseKinds) {
  describe(`the engine on ${kind}`, () => {
    let database: Database;
    let workshop: Workshop;
    withDatabase(kind, (opened) => {
      database = opened;
    });
    beforeEach(async () => {
      workshop = openWorkshop(database);
      await workshop.engine.start();
    });
    afterEach(() => workshop.engine.stop());

    it('takes a job from created to completed, each task once, in the order the workflow asks', async () => {
      const { id } = await workshop.order();
      const job = await workshop.until(id, 'completed');
      assert.deepEqual(workshop.studio.begun.toSorted(), taskNames.toSorted());
      assert.equal(job.progress, 1);
      assert.deepEqual(
        job.artifacts.map(({ name }) => name),
        ['video.mp4'],
      );
      const kinds = (await workshop.events(id)).map((event) => event.kind);
      assert.deepEqual(kinds.slice(0, 3), ['created', 'started', 'stage']);
      assert.deepEqual(kinds.slice(-2), ['artifact', 'completed']);
      await assertSoundLog(workshop, id);
    });

    it('has the job, its event and its tasks written when it answers', async () => {
      workshop.studio.hold('narrate-1');
      workshop.studio.hold('narrate-2');
      const { id } = await workshop.order();
      assert.equal((await workshop.events(id))[0]?.kind, 'created');
      assert.equal((await readTasks(database, id)).length, 2);
      await workshop.engine.cancel(id);
      await workshop.until(id, 'cancelled');
    });

    it('refuses an id that is taken, and gives the same job for the same key', async () => {
      const { id } = await workshop.order();
      await assert.rejects(workshop.order(id), { code: 'job_exists' });
      const request = { title: 'A film', input: {}, idempotencyKey: randomUUID() };
      const first = await workshop.engine.createJob({ ...request, id: randomUUID() });
      const second = await workshop.engine.createJob({ ...request, id: randomUUID() });
      assert.deepEqual([first.isNew, second.isNew], [true, false]);
      assert.equal(second.job.id, first.job.id);
      await workshop.until(first.job.id, 'completed');
      await workshop.until(id, 'completed');
    });

    it('makes one job of many requests with one key at once', async () => {
      const request = { title: 'A film', input: {}, idempotencyKey: randomUUID() };
      const made = await Promise.all(Array.from({ length: 5 }, () => workshop.engine.createJob(request)));
      assert.equal(new Set(made.map(({ job }) => job.id)).size, 1);
      assert.equal(made.filter(({ isNew }) => isNew).length, 1);
      await workshop.until(made[0]?.job.id ?? '', 'completed');
    });

    it('tries a task again that failed in a way that can help', async () => {
      workshop.studio.onNext('render-2', () => {
        throw new AuraError('render_failed', 'The encoder crashed.');
      });
      const { id } = await workshop.order();
      await workshop.until(id, 'completed');
      assert.equal(workshop.studio.begun.filter((name) => name === 'render-2').length, 2);
      assert.match(JSON.stringify(await workshop.events(id)), /The encoder crashed.*Trying again \(1 of 2\)/);
      await assertSoundLog(workshop, id);
    });

    it('fails the job with the reason, the stage and the task when trying again cannot help', async () => {
      workshop.studio.hold('narrate-2');
      workshop.studio.onNext('narrate-1', () => {
        throw new AuraError('voice_unknown', 'There is no voice "x".', { place: { scene: 'scene-3' } });
      });
      const { id } = await workshop.order();
      const { error } = await workshop.until(id, 'failed');
      assert.equal(error?.code, 'voice_unknown');
      assert.equal(error?.detail, 'There is no voice "x".');
      assert.deepEqual(error?.place, { scene: 'scene-3', stage: 'narrate', task: 'narrate-1' });
      await waitFor('the other task to be stopped', () => workshop.studio.running.size === 0);
      await assertSoundLog(workshop, id);
    });

    it('fails the job after the third failure of a task', async () => {
      for (let time = 0; time < 3; time++) {
        workshop.studio.onNext('plan', ({ attempt }) => {
          throw new AuraError('internal', `Failure ${attempt}.`);
        });
      }
      const { id } = await workshop.order();
      const { error, progress } = await workshop.until(id, 'failed');
      assert.equal(error?.detail, 'Failure 3.');
      assert.ok(progress > 0, 'the bar stays where the work had come to');
      assert.equal(workshop.studio.begun.filter((name) => name === 'plan').length, 3);
    });

    it('fails the job at once when something unforeseen is thrown', async () => {
      workshop.studio.onNext('plan', () => {
        throw new TypeError('x is not a function');
      });
      const { id } = await workshop.order();
      const { error } = await workshop.until(id, 'failed');
      assert.deepEqual([error?.code, error?.detail], ['internal', 'x is not a function']);
    });

    it('cancels a job of which nothing runs at once', async () => {
      for (const name of ['narrate-1', 'narrate-2']) workshop.studio.hold(name);
      const first = await workshop.order();
      await waitFor('both places to be taken', () => workshop.studio.running.size === 2);
      const waiting = await workshop.order();
      assert.equal((await workshop.engine.cancel(waiting.id)).status, 'cancelled');
      assert.deepEqual(
        (await workshop.events(waiting.id)).map((event) => event.kind),
        ['created', 'cancelling', 'cancelled'],
      );
      await workshop.engine.cancel(first.id);
      await workshop.until(first.id, 'cancelled');
      assert.equal(workshop.studio.begun.length, 2);
    });

    it('cancels a running job when its last task has really stopped', async () => {
      const stopping = Promise.withResolvers<void>();
      workshop.studio.onNext('render-1', async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        await stopping.promise;
        signal.throwIfAborted();
      });
      const { id } = await workshop.order();
      await workshop.untilRunning('render-1');
      const start = performance.now();
      assert.equal((await workshop.engine.cancel(id)).status, 'cancelling');
      assert.equal((await workshop.engine.cancel(id)).status, 'cancelling');
      await waitFor('the others to stop', () => workshop.studio.running.size === 1);
      assert.ok(performance.now() - start < 8_000);
      assert.equal((await workshop.job(id)).status, 'cancelling');
      stopping.resolve();
      await workshop.until(id, 'cancelled');
      assert.equal((await workshop.engine.cancel(id)).status, 'cancelled');
      const kinds = (await workshop.events(id)).map((event) => event.kind);
      assert.equal(kinds.filter((name) => name === 'cancelling').length, 1);
      assert.ok(!workshop.studio.begun.includes('finish'));
      await assertSoundLog(workshop, id);
    });

    it('refuses to cancel what has ended, to retry what has not, and what does not exist', async () => {
      const { id } = await workshop.order();
      await assert.rejects(workshop.engine.retry(id), { code: 'job_not_finished' });
      await workshop.until(id, 'completed');
      await assert.rejects(workshop.engine.cancel(id), { code: 'job_finished' });
      await assert.rejects(workshop.engine.retry(id), { code: 'job_finished' });
      await assert.rejects(workshop.engine.cancel(randomUUID()), { code: 'job_not_found' });
      await assert.rejects(workshop.engine.retry(randomUUID()), { code: 'job_not_found' });
    });

    it('begins a failed or cancelled job again under its id', async () => {
      workshop.studio.onNext('plan', () => {
        throw new TypeError('once');
      });
      const { id } = await workshop.order();
      await workshop.until(id, 'failed');
      workshop.studio.hold('render-3');
      const retried = await workshop.engine.retry(id);
      assert.deepEqual([retried.status, retried.attempt, retried.error], ['queued', 2, null]);
      await workshop.untilRunning('render-3');
      await workshop.engine.cancel(id);
      await workshop.until(id, 'cancelled');
      workshop.studio.release('render-3');
      await workshop.engine.retry(id);
      const job = await workshop.until(id, 'completed');
      assert.equal(job.attempt, 3);
      await assertSoundLog(workshop, id);
    });

    it('tells what runs while it runs, and only while it runs', async () => {
      // What was learned from tasks that take no time at all.
      await database.query('DELETE FROM aura.speed');
      workshop.studio.hold('render-1');
      workshop.studio.onNext('render-1', async (context) => {
        const { begun, running } = workshop.studio;
        await waitFor('the others to be done', () => begun.includes('render-3') && running.size === 1);
        await context.preview(new Uint8Array([1]));
        await context.warn({ code: 'w', message: 'Look out' });
        await context.warn({ code: 'w', message: 'Look out' });
        context.progress(0.75, 'Drawing frame 75 of 100');
      });
      const { id } = await workshop.order();
      const live = await waitFor<Live>('live figures', async () => {
        const state = await readJob(database, id);
        return (
          state?.live?.activity === 'Drawing frame 75 of 100' && state.job.stages[3]?.done === 2 && state.live
        );
      });
      assert.equal(live.stage, 'render');
      assert.equal(live.preview, `/api/jobs/${id}/preview`);
      // Three seconds of ten are left by the clock: of three tasks for two places a quarter, and the last one.
      const progress = await waitFor('the bar to have come there', async () => {
        const now = (await readJob(database, id))?.live?.progress;
        return now !== undefined && now > 0.7 && now;
      });
      assert.ok(progress < 0.85, `${progress}`);
      assert.equal(live.work?.totalSeconds, 10);
      assert.ok(live.work.doneSeconds >= 7.67 && live.work.doneSeconds < 7.9, `${live.work.doneSeconds}`);
      assert.ok(live.etaRange && live.etaSeconds !== null);
      assert.ok(live.etaRange.lowSeconds <= live.etaSeconds && live.etaSeconds <= live.etaRange.highSeconds);
      workshop.studio.release('render-1');
      await workshop.until(id, 'completed');
      const warnings = (await workshop.events(id)).filter((event) => event.kind === 'warning');
      assert.equal(warnings.length, 1);
    });

    it('leaves a job alone for which it gets a message twice', async () => {
      workshop.studio.hold('plan');
      const { id } = await workshop.order();
      await workshop.untilRunning('plan');
      const [task] = (await readTasks(database, id)).filter(({ name }) => name === 'plan');
      assert.ok(task);
      const copy = `INSERT INTO aura_queue.job (id, name, data, retry_limit, expire_seconds, deletion_seconds, keep_until, policy)
        SELECT gen_random_uuid(), name, data, retry_limit, expire_seconds, deletion_seconds, keep_until, policy
        FROM aura_queue.job WHERE id = $1`;
      await database.query(copy, [task.messageId]);
      workshop.studio.release('plan');
      await workshop.until(id, 'completed');
      await waitFor('the copy to be handled', async () => {
        const open = await database.query(
          "SELECT id FROM aura_queue.job WHERE name = 'plan' AND state < 'completed'",
        );
        return open.length === 0;
      });
      assert.equal(workshop.studio.begun.filter((name) => name === 'plan').length, 1);
      await assertSoundLog(workshop, id);
    });

    it('puts running tasks back when it is stopped, and the next start goes on', async () => {
      workshop.studio.hold('render-1');
      const { id } = await workshop.order();
      await workshop.untilRunning('render-1');
      const start = performance.now();
      await workshop.engine.stop();
      assert.ok(performance.now() - start < 8_000);
      assert.equal(workshop.studio.running.size, 0);
      assert.equal((await workshop.job(id)).status, 'running');
      workshop = openWorkshop(database);
      await workshop.engine.start();
      await workshop.until(id, 'completed');
      assert.ok(!workshop.studio.begun.includes('plan'));
      assert.ok(workshop.studio.begun.includes('render-1'));
      await assertSoundLog(workshop, id);
    });

    it('lets orders wait for the start, and refuses them after the stop', async () => {
      await workshop.engine.stop();
      await assert.rejects(workshop.order(), { code: 'shutting_down' });
      workshop = openWorkshop(database);
      const ordered = workshop.order();
      await workshop.engine.start();
      await workshop.until((await ordered).id, 'completed');
    });

    it('finds tasks again whose message has vanished', async () => {
      workshop.studio.hold('narrate-1');
      workshop.studio.hold('narrate-2');
      const first = await workshop.order();
      await waitFor('both places to be taken', () => workshop.studio.running.size === 2);
      const { id } = await workshop.order();
      await database.query("DELETE FROM aura_queue.job WHERE state = 'created'");
      workshop.studio.release('narrate-1');
      workshop.studio.release('narrate-2');
      await workshop.until(first.id, 'completed');
      await workshop.until(id, 'completed');
    });
  });
}
