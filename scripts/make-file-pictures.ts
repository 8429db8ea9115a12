import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuraClient } from '../src/sdk/index.ts';
import { startServer } from '../src/server.ts';
import { exportExample } from './export-example.ts';

/**
 * Makes docs/images/poster.jpg and docs/images/thumbnails.jpg, which come with every video: those of the announcement of
 * the examples, small. `node scripts/make-file-pictures.ts`
 */
const folder = join(import.meta.dirname, '../docs/images');
const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-pictures-'));

const server = await startServer({
  config: { dataDirectory, host: '127.0.0.1', port: 0, logLevel: 'error', concurrency: 2 },
});
try {
  const client = new AuraClient({ baseUrl: server.url });
  const job = await exportExample(client, { width: 640, height: 360, fps: 25 });
  await job.result();
  for (const name of ['poster.jpg', 'thumbnails.jpg']) {
    await writeFile(join(folder, name), await new Response(await job.download(name)).bytes());
    console.log(join(folder, name));
  }
} finally {
  await server.close();
  await rm(dataDirectory, { recursive: true, force: true });
}
