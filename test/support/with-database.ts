import { after, before } from 'node:test';
import { type Database, openDatabase } from '../../src/store/index.ts';
import { type DatabaseKind, startDatabases, type TestDatabases } from './databases.ts';

/** Opens an empty database before the tests around it and removes it after them. */
export function withDatabase(kind: DatabaseKind, take: (database: Database) => void): void {
  let databases: TestDatabases;
  let database: Database;
  before(async () => {
    databases = await startDatabases(kind);
    database = await openDatabase(await databases.fresh());
    take(database);
  });
  after(async () => {
    await database.close();
    await databases.stop();
  });
}
