import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type Database, openDatabase } from '../../src/store/index.ts';
import { waitFor } from '../engine/support/wait-for.ts';
import { databaseKinds, startDatabases, type TestDatabases } from '../support/databases.ts';
import { addJob } from './support.ts';

const migrations = readdirSync(new URL('../../src/store/migrations', import.meta.url));

for (const kind of databaseKinds) {
  describe(`a ${kind} database`, () => {
    let databases: TestDatabases;
    let database: Database;
    let options: Awaited<ReturnType<TestDatabases['fresh']>>;
    before(async () => {
      databases = await startDatabases(kind);
      options = await databases.fresh();
      database = await openDatabase(options);
    });
    after(async () => {
      await database.close();
      await databases.stop();
    });

    it('undoes everything a failed transaction wrote', async () => {
      await database.query('CREATE TABLE scratch (id integer)');
      const attempt = database.transaction(async (transaction) => {
        await transaction.query('INSERT INTO scratch VALUES (1)');
        throw new Error('no');
      });
      await assert.rejects(attempt, /no/);
      assert.deepEqual(await database.query('SELECT * FROM scratch'), []);
    });

    it('is usable after a statement that failed', async () => {
      await assert.rejects(database.query('SELECT nonsense'), /nonsense/);
      assert.deepEqual(await database.query('SELECT 1 AS one'), [{ one: 1 }]);
    });

    it('tells a listener what was notified, until it stops listening', async () => {
      const heard: string[] = [];
      const listener = { onPayload: (payload: string) => heard.push(payload), onReconnect: () => {} };
      const stop = await database.listen('test_channel', listener);
      await database.query("SELECT pg_notify('test_channel', 'first')");
      await waitFor('the first payload', () => heard.length === 1);
      await stop();
      const again = await database.listen('test_channel', {
        ...listener,
        onPayload: (text) => heard.push(`2 ${text}`),
      });
      await database.query("SELECT pg_notify('test_channel', 'second')");
      await waitFor('the second payload', () => heard.length === 2);
      assert.deepEqual(heard, ['first', '2 second']);
      await again();
    });

    it('keeps what is in it when it is opened again', async () => {
      const { id } = await addJob(database);
      await database.close();
      database = await openDatabase(options);
      assert.deepEqual(await database.query('SELECT id FROM aura.job'), [{ id }]);
    });
  });
}

describe('a postgresql database', () => {
  let databases: TestDatabases;
  before(async () => {
    databases = await startDatabases('postgresql');
  });
  after(() => databases.stop());

  it('lets processes that start together take turns making the tables', async () => {
    const options = await databases.fresh();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(options)));
    const [first] = opened;
    assert.deepEqual(await first?.query('SELECT count(*)::integer AS count FROM aura.migration'), [
      { count: migrations.length },
    ]);
    await Promise.all(opened.map((database) => database.close()));
  });

  it('has the server end a transaction whose process has frozen', async () => {
    const database = await openDatabase(await databases.fresh());
    const rows = await database.query('SHOW idle_in_transaction_session_timeout');
    assert.deepEqual(rows, [{ idle_in_transaction_session_timeout: '10s' }]);
    await database.close();
  });

  it('listens again after its connection was cut, and says that something may have been missed', async () => {
    const database = await openDatabase(await databases.fresh());
    const heard: string[] = [];
    await database.listen('test_channel', {
      onPayload: (payload) => heard.push(payload),
      onReconnect: () => heard.push('reconnected'),
    });
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aura-listen'",
    );
    await waitFor('the connection to come back', () => heard.includes('reconnected'));
    await database.query("SELECT pg_notify('test_channel', 'again')");
    await waitFor('a payload', () => heard.includes('again'));
    await database.close();
  });
});
