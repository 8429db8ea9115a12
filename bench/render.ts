import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { z } from 'zod';
import { runChild } from '../src/engine/index.ts';
import { toJson } from '../src/pipeline/export-input.ts';
import { readPlanFile, visualPaths } from '../src/pipeline/plan-file.ts';
import { encodingSpeeds } from '../src/protocol/output.ts';
import { createDiskStorage } from '../src/storage/disk.ts';
import { type Bare, bareSchema } from './bare-encode.ts';
import { type ExportCost, exportOnce, planPathIn } from './export-once.ts';
import { markdownTable, type Row } from './markdown-table.ts';
import { type ReferenceName, referenceComposition, referenceTitles } from './reference-compositions.ts';

/**
 * What an export costs: renders reference compositions from an empty store, from POST to the verified file, and compares
 * with decoding and encoding a lossless master of the very same frames, nothing else, on all cores of this machine.
 *
 *     npm run bench:render -- a b --seconds 10 --speeds fast,balanced --in-flight 1,2
 *     npm run bench:render -- --memory       (does a longer video need more memory?)
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    speeds: { type: 'string', default: 'fast' },
    'in-flight': { type: 'string', default: String(availableParallelism()) },
    memory: { type: 'boolean', default: false },
  },
});
const names = z.array(z.enum(['a', 'b', 'c', 'd'])).parse(positionals);
const chosen = names.length > 0 ? names : (['a', 'b', 'c', 'd'] as const);
const speeds = z.array(z.enum(encodingSpeeds)).parse(values.speeds.split(','));
const inFlight = z.array(z.coerce.number().int().min(1)).parse(values['in-flight'].split(','));
const folder = await mkdtemp(join(tmpdir(), 'aura-bench-'));

try {
  const rows: Row[] = [];
  if (values.memory) rows.push(...(await memoryByLength()));
  else for (const name of chosen) rows.push(...(await measure(name)));
  for (const name of values.memory ? [] : chosen) console.log(`${name}: ${referenceTitles[name]}`);
  console.log(`\n${markdownTable(rows)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(name: ReferenceName): Promise<Row[]> {
  const reference = referenceComposition(name, { seconds: Number(values.seconds) });
  const costs: ExportCost[] = [];
  let bare: Record<string, Bare> | undefined;
  for (const speed of speeds) {
    for (const chunksInFlight of inFlight) {
      const dataDirectory = join(folder, `${name}-${speed}-${chunksInFlight}`);
      costs.push(await exportOnce({ reference, speed, chunksInFlight, dataDirectory }));
      bare ??= await encodeBare(dataDirectory);
      await rm(dataDirectory, { recursive: true });
    }
  }
  return costs.map((cost) => toRow(name, cost, bare ?? {}));
}

/** In a process of its own: what it needs is not counted, and nothing else runs meanwhile. */
async function encodeBare(dataDirectory: string): Promise<Record<string, Bare>> {
  const planPath = await planPathIn(dataDirectory);
  const storage = await createDiskStorage({ directory: join(dataDirectory, 'store') });
  const visuals = await visualPaths(storage, await readPlanFile(planPath));
  const results = await runChild({
    modulePath: join(import.meta.dirname, 'bare-encode.ts'),
    input: toJson({ planPath, visuals, master: join(dataDirectory, 'master.mp4'), speeds }),
    signal: new AbortController().signal,
    onReport: () => {},
    ...{ stallSeconds: 3_600, crashCode: 'render_failed', logger: pino({ level: 'error' }), niceness: 0 },
  });
  return z.record(z.string(), bareSchema).parse(results);
}

function toRow(name: ReferenceName, cost: ExportCost, bare: Record<string, Bare>): Row {
  const encode = bare[cost.speed];
  const { frameCount, fps, wallSeconds } = cost;
  const share = (one: number, other: number | undefined): string =>
    other === undefined ? '' : (one / other).toFixed(2);
  return {
    video: name,
    speed: cost.speed,
    'in flight': cost.chunksInFlight,
    frames: frameCount,
    'wall s': wallSeconds.toFixed(1),
    'frames/s': (frameCount / wallSeconds).toFixed(1),
    '× real time': (frameCount / fps / wallSeconds).toFixed(2),
    'CPU s': cost.cpuSeconds.toFixed(1),
    'bare wall s': encode?.wallSeconds.toFixed(1) ?? '',
    'bare CPU s': encode?.cpuSeconds.toFixed(1) ?? '',
    'of it decoding': bare['decode']?.cpuSeconds.toFixed(1) ?? '',
    'wall ÷ bare': share(wallSeconds, encode?.wallSeconds),
    'CPU ÷ bare': share(cost.cpuSeconds, encode?.cpuSeconds),
    'peak MB': (cost.peakBytes / 1e6).toFixed(0),
    'stored MB': (cost.storedBytes / 1e6).toFixed(1),
  };
}

/** One minute and ten, small and with few frames: what grows with the length would show all the same. */
async function memoryByLength(): Promise<Row[]> {
  const video = { width: 640, height: 360, fps: 24 } as const;
  const rows: { readonly minutes: number; readonly peakBytes: number }[] = [];
  for (const minutes of [1, 10]) {
    const reference = referenceComposition('a', { seconds: minutes * 60, video });
    const dataDirectory = join(folder, `memory-${minutes}`);
    const request = { reference, speed: 'fast', chunksInFlight: inFlight[0] ?? 1, dataDirectory } as const;
    rows.push({ minutes, peakBytes: (await exportOnce(request)).peakBytes });
  }
  const [first] = rows;
  return rows.map(({ minutes, peakBytes }) => ({
    minutes,
    'peak MB': (peakBytes / 1e6).toFixed(0),
    'of one minute': (peakBytes / (first?.peakBytes ?? peakBytes)).toFixed(2),
  }));
}
