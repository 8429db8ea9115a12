import { execFile } from 'node:child_process';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
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
    const fresh = async () => {
      const directory = nextDirectory();
      await makeEmbedded(directory);
      return { directory };
    };
    return { fresh, stop: removeFolder };
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

/** Puts an empty embedded database into a directory by copying one: making it takes seconds of all cores. */
export async function makeEmbedded(directory: string): Promise<void> {
  const template = join(tmpdir(), `aura-pglite-${manifest.dependencies['@electric-sql/pglite']}`);
  const copy = () => cp(template, join(directory, 'pg'), { recursive: true });
  await copy().catch(async () => {
    const making = await mkdtemp(join(tmpdir(), 'aura-making-'));
    const program = join(import.meta.dirname, '../../src/store/initialise-pglite.ts');
    await promisify(execFile)(process.execPath, [program, making]);
    // Another test file may have been quicker; its template is as good.
    await rename(making, template).catch(() => rm(making, { recursive: true, force: true }));
    await copy();
  });
}
