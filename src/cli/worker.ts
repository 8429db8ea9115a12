import type { Config } from '../config.ts';
import { AuraError } from '../protocol/index.ts';
import { untilInterrupted } from './interrupts.ts';
import { keepYoungGenerationSmall } from './young-generation.ts';

/** `aura worker`: works on the exports of a shared database until it is told to stop. */
export async function worker(config: Config): Promise<void> {
  if (config.databaseUrl === undefined) {
    const detail =
      'DATABASE_URL is not set. A worker shares a PostgreSQL with the server; the embedded database cannot be shared.';
    throw new AuraError('config_invalid', detail);
  }
  keepYoungGenerationSmall();
  const { forgetStart, startWorker } = await import('../server.ts');
  const running = await startWorker({ config });
  process.stdout.write('Aura is working\n');
  const interrupted = untilInterrupted('Stopping; press Ctrl-C again to leave at once.');
  await forgetStart();
  await interrupted;
  await running.close();
}
