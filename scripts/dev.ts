import os from 'node:os';
import path from 'node:path';
import { createServer } from 'vite';
import { readConfig } from '../src/config.ts';
import { startServer } from '../src/server.ts';

/** `npm run dev`: the API as it would be served, and the page from Vite, which shows each change at once. */
const config = readConfig(
  { AURA_LOG_LEVEL: 'warn', ...process.env },
  { coreCount: os.availableParallelism() },
);
const server = await startServer({ config });
const page = await createServer({
  configFile: path.join(import.meta.dirname, '../src/web/vite.config.ts'),
  logLevel: 'warn',
  server: { host: '127.0.0.1', proxy: { '/api': server.url, '/docs': server.url } },
});
await page.listen();

console.log(`API:  ${server.url} (its own code is read once: start again after a change)`);
console.log(`Page: ${page.resolvedUrls?.local[0] ?? 'not listening'}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await page.close();
    await server.close();
  });
}
