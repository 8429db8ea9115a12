import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { compileWebAssemblyOnce } from './baseline-compiler.ts';
import type { ChannelListener, EmbeddedDatabase, Queryable } from './database.ts';
import { lockDirectory } from './directory-lock.ts';

interface PgliteOptions {
  readonly directory: string;
  readonly onWarning: (message: string, error: unknown) => void;
}

/** Opens the PostgreSQL that runs inside this process, alone on its directory. */
export async function openPglite({ directory, onWarning }: PgliteOptions): Promise<EmbeddedDatabase> {
  const lock = await lockDirectory(directory);
  try {
    const dataDirectory = join(directory, 'pg');
    await initialise(dataDirectory);
    compileWebAssemblyOnce();
    const pglite = await PGlite.create({ dataDir: dataDirectory, startParams });
    const upkeep = startUpkeep(pglite, onWarning);
    return {
      kind: 'pglite',
      pglite,
      ...queryable(pglite),
      transaction: (work) => pglite.transaction((transaction) => work(queryable(transaction))),
      listen: (channel, listener) => listen(pglite, channel, listener),
      async close() {
        clearInterval(upkeep);
        if (!pglite.closed) await pglite.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Small, because there is one connection and its memory is this process's: the defaults cost 120 MB more. */
const startParams = [
  ...PGlite.defaultStartParams,
  ...['-c', 'shared_buffers=4MB'],
  // The log of changes is kept for a crash only; without a limit it grows to a gigabyte.
  ...['-c', 'max_wal_size=64MB', '-c', 'min_wal_size=32MB'],
];

/** The first start makes the data directory, which leaves some 600 MB resident: a child does it and takes them along. */
async function initialise(dataDirectory: string): Promise<void> {
  const isThere = await access(join(dataDirectory, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const script = fileURLToPath(new URL('./initialise-pglite.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [script, dataDirectory]);
}

function queryable(target: Pick<PGlite, 'query'>): Queryable {
  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = []) {
      const result = await target.query<Row>(sql, [...parameters]);
      return result.rows;
    },
  };
}

/** In one process nothing can be disconnected, so `onReconnect` is never called. */
async function listen(
  pglite: PGlite,
  channel: string,
  listener: ChannelListener,
): Promise<() => Promise<void>> {
  const stop = await pglite.listen(channel, (payload) => listener.onPayload(payload));
  return () => stop();
}

const upkeepMilliseconds = 5 * 60 * 1000;

/** PGlite has no background processes: nobody else writes checkpoints or clears dead rows. */
function startUpkeep(pglite: PGlite, onWarning: PgliteOptions['onWarning']): NodeJS.Timeout {
  const run = async () => {
    await pglite.exec('VACUUM');
    await pglite.exec('CHECKPOINT');
  };
  const timer = setInterval(() => {
    if (pglite.closed) return;
    run().catch((error: unknown) => onWarning('the database’s upkeep failed', error));
  }, upkeepMilliseconds);
  return timer.unref();
}
