import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseOptions } from '../../src/store/index.ts';
import { startPostgres } from './postgres.ts';

export const databaseKinds = ['pglite', 'postgresql'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

export interface TestDatabases {
  /** What to open a new, empty database with. */
  fresh(): Promise<Pick<DatabaseOptions, 'databaseUrl' | 'directory'>>;
  stop(): Promise<void>;
}

/** Databases of one kind for a test file; stop it after the last test. */
export async function startDatabases(kind: DatabaseKind): Promise<TestDatabases> {
  const folder = await mkdtemp(join(tmpdir(), `aura-${kind}-`));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  let count = 0;
  const nextDirectory = () => join(folder, `${++count}`);
  if (kind === 'pglite') {
    return { fresh: async () => ({ directory: nextDirectory() }), stop: removeFolder };
  }
  const server = await startPostgres();
  return {
    fresh: async () => ({ directory: nextDirectory(), databaseUrl: await server.createDatabase() }),
    async stop() {
      await server.stop();
      await removeFolder();
    },
  };
}
