import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { pendingStages } from '../../src/protocol/index.ts';
import {
  type Database,
  deleteJobRow,
  insertAsset,
  listSpareBlobs,
  lockJob,
  noteBlobUse,
  removeReleasedBlobs,
  removeSpareBlobs,
} from '../../src/store/index.ts';
import { databaseKinds } from '../support/databases.ts';
import { withDatabase } from '../support/with-database.ts';
import { addJob, append } from './support.ts';

for (const kind of databaseKinds) {
  describe(`what jobs use on ${kind}`, () => {
    let database: Database;
    withDatabase(kind, (opened) => {
      database = opened;
    });

    const deleteJob = (id: string) =>
      database.transaction(async (transaction) => {
        await lockJob(transaction, id);
        await deleteJobRow(transaction, id);
      });
    const removed = async () => {
      const keys: string[] = [];
      assert.equal(await removeReleasedBlobs(database, async (key) => void keys.push(key)), keys.length);
      return keys.sort();
    };

    it('keeps what another job uses or somebody uploaded, however many there are', async () => {
      const [one, two] = [await addJob(database), await addJob(database)];
      const own = Array.from({ length: 45 }, (_, index) => `chunk/${String(index).padStart(2, '0')}`);
      const uploaded = 'a'.repeat(64);
      const fetched = `asset/${'b'.repeat(64)}`;
      const described = { name: 'a.jpg', kind: 'picture', contentType: 'image/jpeg', sizeBytes: 1 } as const;
      await insertAsset(database, { id: `asset:${uploaded}`, ...described });
      await noteBlobUse(database, one.id, [...own, 'speech/s', `asset/${uploaded}`, fetched]);
      await noteBlobUse(database, one.id, own);
      await noteBlobUse(database, two.id, ['speech/s']);
      assert.deepEqual(await removed(), []);
      await deleteJob(one.id);
      assert.deepEqual(await removed(), [...own, fetched].sort());
      await deleteJob(two.id);
      assert.deepEqual(await removed(), ['speech/s']);
    });

    it('says when the job is gone, and removes what was written for it all the same', async () => {
      assert.equal(await noteBlobUse(database, randomUUID(), ['chunk/late']), false);
      assert.deepEqual(await removed(), ['chunk/late']);
    });

    it('makes a job that needs a result wait while that is being removed', async () => {
      const [old, next] = [await addJob(database), await addJob(database)];
      await noteBlobUse(database, old.id, ['chunk/x']);
      await deleteJob(old.id);
      const order: string[] = [];
      let noting: Promise<void> | undefined;
      await removeReleasedBlobs(database, async () => {
        noting = noteBlobUse(database, next.id, ['chunk/x']).then(() => void order.push('noted'));
        // Until somebody waits for the lock, or, where there is one connection, at once.
        await untilBlocked(database);
        order.push('removed');
      });
      await noting;
      assert.deepEqual(order, ['removed', 'noted']);
    });

    const end = (id: string) => append(database, id, { kind: 'completed', artifacts: [] });
    const retry = async (id: string) => {
      await append(database, id, { kind: 'retried', attempt: 2, stages: pendingStages() });
    };
    const spare = (limit = 100) => listSpareBlobs(database, { kinds: ['chunk', 'mix'], limit });
    const removedSpare = async (keys: readonly string[]) => {
      const gone: string[] = [];
      await removeSpareBlobs(database, keys, async (key) => void gone.push(key));
      return gone.sort();
    };

    it('lists what only ended jobs used, what was used least lately first', async () => {
      const [first, second, running] = [
        await addJob(database),
        await addJob(database),
        await addJob(database),
      ];
      await noteBlobUse(database, first.id, [
        'chunk/first',
        'chunk/both',
        'chunk/running',
        'plan/p',
        'asset/a',
      ]);
      await noteBlobUse(database, second.id, ['chunk/both', 'mix/second']);
      await noteBlobUse(database, running.id, ['chunk/running']);
      assert.deepEqual(await spare(), []);
      // In the opposite order of their beginning.
      await end(second.id);
      await afterNextMillisecond();
      await end(first.id);
      assert.deepEqual(await spare(), ['mix/second', 'chunk/both', 'chunk/first']);
      assert.deepEqual(await spare(1), ['mix/second']);
      assert.deepEqual(await removedSpare(['chunk/both', 'chunk/running', 'mix/second']), [
        'chunk/both',
        'mix/second',
      ]);
      assert.deepEqual(await spare(), ['chunk/first']);
      await removedSpare(['chunk/first']);
    });

    it('keeps what a job has begun to use, or is retried with, since it was listed', async () => {
      const [old, retried] = [await addJob(database), await addJob(database)];
      await noteBlobUse(database, old.id, ['chunk/again']);
      await noteBlobUse(database, retried.id, ['chunk/retried']);
      await end(old.id);
      await append(database, retried.id, { kind: 'cancelling' }, { kind: 'cancelled' });
      const listed = await spare();
      assert.deepEqual(listed.toSorted(), ['chunk/again', 'chunk/retried']);
      const next = await addJob(database);
      await noteBlobUse(database, next.id, ['chunk/again']);
      await retry(retried.id);
      assert.deepEqual(await removedSpare(listed), []);
    });

    it('makes a retried job wait while its results are removed, and note them anew', async () => {
      const job = await addJob(database);
      await noteBlobUse(database, job.id, ['chunk/y']);
      await append(database, job.id, { kind: 'cancelling' }, { kind: 'cancelled' });
      const order: string[] = [];
      let retrying: Promise<void> | undefined;
      await removeSpareBlobs(database, ['chunk/y'], async () => {
        retrying = retry(job.id)
          .then(() => noteBlobUse(database, job.id, ['chunk/y']))
          .then(() => void order.push('noted'));
        await untilBlocked(database);
        order.push('removed');
      });
      await retrying;
      assert.deepEqual(order, ['removed', 'noted']);
      assert.deepEqual(await removedSpare(['chunk/y']), [], 'it is in use again');
    });
  });
}

/** Times of events are told apart by the millisecond. */
async function afterNextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await setImmediate();
}

/** Resolves when a session waits for a lock; embedded, all wait for the one transaction anyway. */
async function untilBlocked(database: Database): Promise<void> {
  if (database.kind === 'pglite') return;
  for (;;) {
    const waiting = await database.query('SELECT 1 FROM pg_locks WHERE NOT granted');
    if (waiting.length > 0) return;
  }
}
