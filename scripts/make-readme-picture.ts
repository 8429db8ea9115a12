import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { AuraClient } from '../src/sdk/index.ts';
import { startServer } from '../src/server.ts';
import { ensureWebBuilt } from './build-web.ts';
import { ensureChromium } from './ensure-chromium.ts';

/** Makes docs/images/studio.png: the page, far into the announcement of the examples. */
const root = join(import.meta.dirname, '..');
const example = join(root, 'examples/announcement');
const picture = join(root, 'docs/images/studio.png');
const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-picture-'));

await ensureWebBuilt();
const server = await startServer({
  config: { dataDirectory, host: '127.0.0.1', port: 0, logLevel: 'error', concurrency: 2 },
});
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  const job = await exportExample();
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

async function exportExample() {
  const client = new AuraClient({ baseUrl: server.url });
  const names = (await readdir(example)).filter((name) => name !== 'script.md');
  const files = await Promise.all(
    names.map(async (name) => ({ name, data: new Blob([await readFile(join(example, name))]) })),
  );
  const assets = await client.upload(files);
  return await client.export({
    script: await readFile(join(example, 'script.md'), 'utf8'),
    assets: Object.fromEntries(assets.map(({ id }, index) => [names[index] ?? '', id])),
  });
}
