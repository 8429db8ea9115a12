import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { AuraError } from '../protocol/index.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { openDatabase } from '../store/index.ts';
import type { Check } from './doctor.ts';
import { sizeText } from './quantities.ts';

/** Less free space than this will not do for a video of ten minutes. */
const leastFreeBytes = 1_000_000_000;

/** The database and the store of results, opened where an export would open them. */
export function dataChecks(config: Config): Check[] {
  const directory = resolve(config.dataDirectory);
  return [
    { name: 'database', run: () => tryDatabase(config, join(directory, 'database')) },
    { name: 'store', run: () => tryStore(join(directory, 'store')) },
    { name: 'disk', run: () => tryDisk(join(directory, 'store')) },
  ];
}

async function tryDatabase({ databaseUrl }: Config, directory: string): Promise<string> {
  const began = performance.now();
  try {
    const database = await openDatabase({ databaseUrl, directory });
    try {
      const [row] = await database.query<{ version: string }>(
        "SELECT current_setting('server_version') AS version",
      );
      return `PostgreSQL ${row?.version} opened in ${((performance.now() - began) / 1000).toFixed(1)} s`;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof AuraError && error.code === 'data_in_use') return 'in use by a running Aura';
    throw error instanceof AuraError ? error : unusable(databaseUrl === undefined, error);
  }
}

function unusable(isEmbedded: boolean, cause: unknown): AuraError {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return isEmbedded
    ? new AuraError('internal', `The embedded database cannot be opened: ${reason}.`, { cause })
    : new AuraError('config_invalid', `DATABASE_URL: the PostgreSQL cannot be used: ${reason}.`, { cause });
}

async function tryStore(directory: string): Promise<string> {
  const storage = await createDiskStorage({ directory });
  const key = `doctor/${randomUUID()}.txt`;
  await storage.putBytes(key, new TextEncoder().encode('Aura was here'));
  try {
    const bytes = await storage.readBytes(key);
    if (new TextDecoder().decode(bytes) === 'Aura was here') return `writes and reads in ${directory}`;
    throw new AuraError('internal', `${directory} does not give back what was written.`);
  } finally {
    await storage.remove(key);
  }
}

async function tryDisk(directory: string): Promise<string> {
  const free = await (await createDiskStorage({ directory })).freeBytes();
  if (free >= leastFreeBytes) return `${sizeText(free)} free`;
  throw new AuraError('disk_full', `Only ${sizeText(free)} are free in ${directory}.`);
}
