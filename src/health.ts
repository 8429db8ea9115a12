import type { Health } from './protocol/index.ts';
import { AuraError } from './protocol/index.ts';
import type { Storage } from './storage/contract.ts';
import type { Database } from './store/index.ts';

interface HealthOptions {
  readonly version: string;
  readonly database: Database;
  readonly storage: Storage;
}

/** Least free space with which work is worth starting, in bytes. */
const leastFreeBytes = 500_000_000;

/** What `GET /api/health` answers: whether the database answers and there is room for work. */
export async function checkHealth({ version, database, storage }: HealthOptions): Promise<Health> {
  const checks = {
    database: await check(async () => {
      await database.query('SELECT 1');
      return database.kind;
    }),
    storage: await check(async () => {
      const freeBytes = await storage.freeBytes();
      const detail = `${Math.round(freeBytes / 1e6)} MB free`;
      if (freeBytes < leastFreeBytes) throw new AuraError('disk_full', `Only ${detail}.`);
      return detail;
    }),
  };
  const isHealthy = Object.values(checks).every(({ ok }) => ok);
  return { status: isHealthy ? 'ok' : 'unhealthy', version, database: database.kind, checks };
}

async function check(test: () => Promise<string>): Promise<Health['checks'][string]> {
  try {
    return { ok: true, detail: await test() };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
