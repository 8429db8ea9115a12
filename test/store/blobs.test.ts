import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  type Database,
  deleteJobRow,
  insertAsset,
  lockJob,
  noteBlobUse,
  removeReleasedBlobs,
} from '../../src/store/index.ts';
import { databaseKinds } from '../support/databases.ts';
import { withDatabase } from '../support/with-database.ts';
import { addJob } from './support.ts';

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
  });
}

/** Resolves when a session waits for an advisory lock; embedded, all wait for the one transaction anyway. */
async function untilBlocked(database: Database): Promise<void> {
  if (database.kind === 'pglite') return;
  for (;;) {
    const waiting = await database.query(
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
    );
    if (waiting.length > 0) return;
  }
}
