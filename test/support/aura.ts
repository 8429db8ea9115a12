import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuraClient } from '../../src/sdk/index.ts';
import { startServer } from '../../src/server.ts';
import { makeEmbedded } from './databases.ts';

/** A whole Aura in this process, on a free port of the loopback interface. */
export interface TestAura {
  readonly url: string;
  readonly client: AuraClient;
  readonly dataDirectory: string;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

export async function startAura({
  databaseUrl,
  concurrency = 2,
}: {
  databaseUrl?: string;
  concurrency?: number;
} = {}): Promise<TestAura> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-test-'));
  await makeEmbedded(join(dataDirectory, 'database'));
  const server = await startServer({
    config: {
      ...{ dataDirectory, host: '127.0.0.1', port: 0, logLevel: 'error', concurrency },
      ...(databaseUrl !== undefined && { databaseUrl }),
    },
  });
  return {
    url: server.url,
    client: new AuraClient({ baseUrl: server.url }),
    dataDirectory,
    async close() {
      await server.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
