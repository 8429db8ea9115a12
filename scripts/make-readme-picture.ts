import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { AuraClient } from '../src/sdk/index.ts';
import { startServer } from '../src/server.ts';
import { ensureWebBuilt } from './build-web.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { exportExample } from './export-example.ts';

/** Makes docs/images/studio.png: the page, far into the announcement of the examples. */
const root = join(import.meta.dirname, '..');
const picture = join(root, 'docs/images/studio.png');
const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-picture-'));

await ensureWebBuilt();
const server = await startServer({
  config: { dataDirectory, host: '127.0.0.1', port: 0, logLevel: 'error', concurrency: 2 },
});
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  const job = await exportExample(new AuraClient({ baseUrl: server.url }));
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
    colorScheme: 'dark',
  });
  await page.goto(`${server.url}/jobs/${job.id}`);
  for await (const { progress } of job.watch()) if (progress > 0.82) break;
  await mkdir(join(root, 'docs/images'), { recursive: true });
  await page.screenshot({ path: picture });
  await job.cancel();
  for await (const _ of job.watch());
  console.log(picture);
} finally {
  await browser.close();
  await server.close();
  await rm(dataDirectory, { recursive: true, force: true });
}
