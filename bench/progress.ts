import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRenderInput } from '../src/cli/render-input.ts';
import { uploadFiles } from '../src/cli/upload-files.ts';
import type { CreateJob, Job } from '../src/protocol/index.ts';
import { AuraClient } from '../src/sdk/index.ts';
import { startServer } from '../src/server.ts';
import { changedInPart, longScript } from './progress-scripts.ts';
import { type Observation, truthOf } from './truth-of.ts';

/**
 * How true the bar is: exports examples and compares what a watcher was shown with the time that really passed. Each is
 * exported on a machine that nothing is known of (cold), again (warm), with the second half of its texts changed (half),
 * and from an empty store on the machine that was learned (learned).
 *
 * `npm run bench:progress -- short howto --width 640`: these examples, that small; all when none is named. `--minutes 10`:
 * a made script of that length too. `--events`: every state with its time, as JSON lines.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    minutes: { type: 'string' },
    stores: { type: 'string', default: 'cold,warm,half,learned' },
    events: { type: 'boolean', default: false },
  },
});
const examples = join(import.meta.dirname, '../examples');
const names = positionals.length > 0 || values.minutes ? positionals : await readdir(examples);
const width = Number(values.width);
const output = { width, height: 2 * Math.round((width * 9) / 32) };

for (const name of names) {
  const { request, files } = await readRenderInput(join(examples, name, 'script.md'));
  await measureStores(name, 'script' in request ? request.script : '', files);
}
if (values.minutes !== undefined) {
  await measureStores(`${values.minutes} minutes`, longScript(Number(values.minutes)), []);
}

type Files = Awaited<ReturnType<typeof readRenderInput>>['files'];

async function measureStores(name: string, script: string, files: Files): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-bench-'));
  const concurrency = availableParallelism();
  const server = await startServer({
    config: { dataDirectory, host: '127.0.0.1', port: 0, logLevel: 'error', concurrency },
  });
  try {
    const client = new AuraClient({ baseUrl: server.url });
    const rows: Record<string, object> = {};
    for (const store of values.stores.split(',')) {
      if (store === 'learned') await empty(join(dataDirectory, 'store/blobs'));
      const assets = await uploadFiles(client, files, AbortSignal.timeout(60_000));
      const text = store === 'half' ? changedInPart(script) : script;
      rows[`${name}, ${store}`] = await measure(client, { script: text, assets, output });
    }
    console.table(rows);
  } finally {
    await server.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
}

async function measure(client: AuraClient, request: CreateJob): Promise<Record<string, string | number>> {
  const began = performance.now();
  const job = await client.export(request);
  const seen: Observation[] = [];
  let last: Job | undefined;
  for await (const state of job.watch()) {
    const atSeconds = (performance.now() - began) / 1000;
    if (values.events) console.log(JSON.stringify({ atSeconds, ...state }));
    // Only what moves is news: a newer estimate of the same state is none.
    if (isNews(last, state)) seen.push({ atSeconds, ...state });
    last = state;
  }
  return { status: last?.status ?? 'unknown', ...truthOf(seen) };
}

function isNews(before: Job | undefined, { status, progress, stages }: Job): boolean {
  return (
    before?.status !== status ||
    before.progress !== progress ||
    JSON.stringify(before.stages) !== JSON.stringify(stages)
  );
}
