import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../src/protocol/index.ts';
import { AuraClient } from '../src/sdk/index.ts';
import { startServer } from '../src/server.ts';
import { type Observation, truthOf } from './truth-of.ts';

/**
 * How true the bar is: exports examples from an empty store and from a full one, and compares what a watcher was shown
 * with the time that really passed. `npm run bench:progress -- short howto` chooses examples; all when none is named.
 */
const examples = join(import.meta.dirname, '../examples');
const chosen = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : await readdir(examples);
const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-bench-'));
const server = await startServer({
  config: {
    ...{ dataDirectory, host: '127.0.0.1', port: 0, logLevel: 'error' },
    concurrency: availableParallelism(),
  },
});

try {
  const client = new AuraClient({ baseUrl: server.url });
  for (const name of names) {
    for (const store of ['cold', 'warm'])
      console.table({ [`${name}, ${store}`]: await measure(client, name) });
  }
} finally {
  await server.close();
  await rm(dataDirectory, { recursive: true, force: true });
}

async function measure(client: AuraClient, name: string): Promise<Record<string, string | number>> {
  const folder = join(examples, name);
  const files = (await readdir(folder)).filter((file) => file !== 'script.md');
  const uploads = files.map(async (file) => ({
    name: file,
    data: new Blob([await readFile(join(folder, file))]),
  }));
  const assets = await client.upload(await Promise.all(uploads));
  const began = performance.now();
  const job = await client.export({
    script: await readFile(join(folder, 'script.md'), 'utf8'),
    assets: Object.fromEntries(assets.map(({ id }, index) => [files[index] ?? '', id])),
  });
  const seen: Observation[] = [];
  let last: Job | undefined;
  for await (const state of job.watch()) {
    last = state;
    const { progress, etaSeconds } = state;
    seen.push({ atSeconds: (performance.now() - began) / 1000, progress, etaSeconds });
  }
  return { status: last?.status ?? 'unknown', ...truthOf(seen) };
}
