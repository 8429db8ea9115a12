import { z } from 'zod';
import { startServer } from '../../src/server.ts';

/** A server for tests that kill it. Prints its address; fetches from this machine, which strangers may not make it do. */
const { dataDirectory, databaseUrl, works } = z
  .strictObject({
    dataDirectory: z.string(),
    databaseUrl: z.string().optional(),
    works: z.boolean().optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const server = await startServer({
  config: {
    ...{ dataDirectory, host: '127.0.0.1', port: 0, logLevel: 'error', concurrency: 2 },
    ...(databaseUrl !== undefined && { databaseUrl }),
  },
  fetchableAddresses: ['127.0.0.1'],
  ...(works !== undefined && { works }),
});
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
console.log(server.url);
