import { globSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRenderInput } from '../src/cli/render-input.ts';
import { uploadFiles } from '../src/cli/upload-files.ts';
import type { CreateJob, Job } from '../src/protocol/index.ts';
import type { AuraClient } from '../src/sdk/index.ts';
import { markdownTable, type Row } from './markdown-table.ts';
import { changedInPart, longScript } from './progress-scripts.ts';
import { startServerProcess } from './server-process.ts';
import { type Observation, type Truth, truthOf } from './truth-of.ts';
import { legend, truthRow } from './truth-row.ts';

/**
 * How true the bar is: exports examples and compares what a watcher was shown with the time that really passed. Each is
 * exported on a machine that nothing is known of (cold), again (warm), with the second half of its texts changed (half),
 * and from an empty store on the machine that was learned (learned).
 *
 * `npm run bench:progress`: every example and a made script of ten minutes, in a small picture. `-- short howto --width 640`: these
 * examples only, that wide. `--minutes 3`: a made script of this length, besides the examples that are named. `--events`:
 * every state with its time, as JSON lines.
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
const isAll = positionals.length === 0 && values.minutes === undefined;
const minutes = Number(values.minutes ?? (isAll ? 10 : 0));
/** Of the made script, so that ten minutes are drawn in few. */
const smallWidth = 320;

console.log(legend);
for (const name of isAll ? globSync('*/script.md', { cwd: examples }).map(dirname) : positionals) {
  const { request, files } = await readRenderInput(join(examples, name, 'script.md'));
  await measureStores({
    ...{ name, files, script: 'script' in request ? request.script : '' },
    output: outputOf(Number(values.width)),
  });
}
if (minutes > 0) {
  const output = outputOf(smallWidth);
  await measureStores({ name: `${minutes} minutes`, script: longScript(minutes), files: [], output });
}

function outputOf(width: number): { width: number; height: number } {
  return { width, height: 2 * Math.round((width * 9) / 32) };
}

type Files = Awaited<ReturnType<typeof readRenderInput>>['files'];

interface Subject {
  readonly name: string;
  readonly script: string;
  readonly files: Files;
  readonly output: NonNullable<CreateJob['output']>;
}

/** Prints a table: one line for each state of the store. */
async function measureStores({ name, script, files, output }: Subject): Promise<void> {
  await using cleaning = new AsyncDisposableStack();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'aura-bench-'));
  cleaning.defer(() => rm(dataDirectory, { recursive: true, force: true }));
  const concurrency = availableParallelism();
  const { client } = cleaning.use(await startServerProcess({ dataDirectory, concurrency }));
  const rows: Row[] = [];
  for (const store of values.stores.split(',')) {
    if (store === 'learned') await empty(join(dataDirectory, 'store/blobs'));
    const assets = await uploadFiles(client, files, AbortSignal.timeout(60_000));
    const text = store === 'half' ? changedInPart(script) : script;
    const truth = await measure(client, { script: text, assets, output });
    rows.push(truthRow(`${name}, ${store}`, truth, { isCold: store === 'cold' }));
  }
  console.log(`\n${markdownTable(rows)}`);
}

async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
}

/** @throws when the export did not succeed: what did not come to its end has no truth. */
async function measure(client: AuraClient, request: CreateJob): Promise<Truth> {
  const began = performance.now();
  const job = await client.export(request);
  const seen: Observation[] = [];
  let last: Job | undefined;
  for await (const state of job.watch()) {
    const atSeconds = (performance.now() - began) / 1000;
    if (values.events) console.log(JSON.stringify({ atSeconds, ...state }));
    const { progress, etaSeconds } = state;
    seen.push({ atSeconds, progress, etaSeconds, isNews: isNews(last, state) });
    last = state;
  }
  if (last?.status !== 'completed') throw new Error(`${last?.status}: ${last?.error?.detail}`);
  return truthOf(seen);
}

/** Only what moves is news: a newer estimate of the same state is none. */
function isNews(before: Job | undefined, { status, progress, stages }: Job): boolean {
  return (
    before?.status !== status ||
    before.progress !== progress ||
    JSON.stringify(before.stages) !== JSON.stringify(stages)
  );
}
