import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { withLive } from '../../src/protocol/index.ts';
import {
  type Database,
  findJobByKey,
  insertAsset,
  listJobs,
  readAsset,
  readJob,
  setLive,
} from '../../src/store/index.ts';
import { databaseKinds } from '../support/databases.ts';
import { withDatabase } from '../support/with-database.ts';
import { addJob, append } from './support.ts';

const figures = {
  progress: 0.25,
  stage: 'render',
  etaSeconds: 12,
  preview: '/p.jpg',
  activity: 'Drawing',
} as const;

for (const kind of databaseKinds) {
  describe(`jobs on ${kind}`, () => {
    let database: Database;
    withDatabase(kind, (opened) => {
      database = opened;
    });

    it('reads nothing for an id nobody used', async () => {
      assert.equal(await readJob(database, randomUUID()), undefined);
    });

    it('refuses an id and a key that are taken', async () => {
      const job = await addJob(database, { idempotencyKey: 'k1' });
      await assert.rejects(addJob(database, { id: job.id }), /taken/);
      await assert.rejects(addJob(database, { idempotencyKey: 'k1' }), /taken/);
      assert.equal((await findJobByKey(database, 'k1'))?.job.id, job.id);
    });

    it('lists newest first, page by page, without a job twice or missing', async () => {
      const at = (second: number) => new Date(Date.UTC(2030, 0, 1, 0, 0, second));
      // Two of the same moment: the border of a page may fall between them.
      const seconds = [1, 2, 3, 3, 4];
      const made = await Promise.all(seconds.map((second) => addJob(database, { at: at(second) })));
      const ids: string[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < 3; page++) {
        const { jobs, nextCursor } = await listJobs(database, { limit: 2, ...(cursor && { cursor }) });
        ids.push(...jobs.map(({ job }) => job.id));
        cursor = nextCursor ?? undefined;
      }
      assert.deepEqual(new Set(ids.slice(0, 5)), new Set(made.map(({ id }) => id)));
      assert.equal(ids[0], made[4]?.id);
      assert.equal(ids[4], made[0]?.id);
    });

    it('lists by status and ends with a null cursor', async () => {
      const { id } = await addJob(database);
      await append(database, id, { kind: 'started' }, { kind: 'cancelled' });
      const { jobs, nextCursor } = await listJobs(database, { limit: 10, status: 'cancelled' });
      assert.deepEqual(
        jobs.map(({ job }) => job.id),
        [id],
      );
      assert.equal(nextCursor, null);
    });

    it('refuses a cursor that no page gave', async () => {
      await assert.rejects(listJobs(database, { limit: 10, cursor: 'nonsense' }), { code: 'body_invalid' });
    });

    it('lays the newest live figures over a running job, and not over one that has ended', async () => {
      const { id } = await addJob(database);
      await append(database, id, { kind: 'started' });
      await setLive(database, id, figures);
      const running = await readJob(database, id);
      assert.deepEqual(running?.live, figures);
      assert.equal(running && withLive(running.job, running.live).progress, 0.25);
      await append(database, id, { kind: 'cancelled' });
      const ended = await readJob(database, id);
      assert.equal(ended && withLive(ended.job, ended.live).progress, 0);
    });

    it('keeps assets, the first name of the same content', async () => {
      const picture = {
        id: `asset:${'a'.repeat(64)}`,
        name: 'sea.jpg',
        kind: 'picture',
        contentType: 'image/jpeg',
        sizeBytes: 3_000_000_000,
        width: 640,
        height: 480,
      } as const;
      const sound = {
        id: `asset:${'b'.repeat(64)}`,
        name: 'sea.mp3',
        kind: 'audio',
        contentType: 'audio/mpeg',
        sizeBytes: 1,
        durationSeconds: 1.5,
      } as const;
      await insertAsset(database, picture);
      await insertAsset(database, { ...picture, name: 'other.jpg' });
      await insertAsset(database, sound);
      assert.deepEqual(await readAsset(database, picture.id), picture);
      assert.deepEqual(await readAsset(database, sound.id), sound);
      assert.equal(await readAsset(database, `asset:${'c'.repeat(64)}`), undefined);
    });
  });
}
