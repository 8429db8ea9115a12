import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { z } from 'zod';
import { runChild } from '../src/engine/index.ts';
import { toJson } from '../src/pipeline/export-input.ts';
import { readPlanFile, visualPaths } from '../src/pipeline/plan-file.ts';
import { type EncodingSpeed, encodingSpeeds } from '../src/protocol/output.ts';
import { createDiskStorage } from '../src/storage/disk.ts';
import { type Bare, bareSchema } from './bare-encode.ts';
import { type ExportCost, exportOnce, planPathIn } from './export-once.ts';
import { markdownTable, type Row } from './markdown-table.ts';
import { median } from './median.ts';
import { type ReferenceName, referenceComposition, referenceTitles } from './reference-compositions.ts';

/**
 * What an export costs: renders reference compositions from an empty store, from POST to the verified file, and compares
 * with decoding and encoding a lossless master of the very same frames, nothing else, on all cores of this machine. The two
 * take turns, several times, and the table has medians: the speed of a shared machine moves within minutes.
 *
 *     npm run bench:render -- a b --seconds 10 --speeds fast,balanced --in-flight 1,2 --times 1
 *     npm run bench:render -- --memory       (does a longer video need more memory?)
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    speeds: { type: 'string', default: 'fast' },
    'in-flight': { type: 'string', default: String(availableParallelism()) },
    times: { type: 'string', default: '3' },
    memory: { type: 'boolean', default: false },
  },
});
const names = z.array(z.enum(['a', 'b', 'c', 'd'])).parse(positionals);
const chosen = names.length > 0 ? names : (['a', 'b', 'c', 'd'] as const);
const speeds = z.array(z.enum(encodingSpeeds)).parse(values.speeds.split(','));
const inFlight = z.array(z.coerce.number().int().min(1)).parse(values['in-flight'].split(','));
const times = z.coerce.number().int().min(1).parse(values.times);
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

/** An export, and the bare encode after it. */
interface Round {
  readonly cost: ExportCost;
  readonly encode: Bare;
  readonly decode: Bare;
}

async function measure(name: ReferenceName): Promise<Row[]> {
  const reference = referenceComposition(name, { seconds: Number(values.seconds) });
  const master = join(folder, `${name}.mp4`);
  const kinds = speeds.flatMap((speed) => inFlight.map((chunksInFlight) => ({ speed, chunksInFlight })));
  const rounds = kinds.map((): Round[] => []);
  for (let round = 0; round < times; round++) {
    for (const [index, kind] of kinds.entries()) {
      const dataDirectory = join(folder, name);
      const cost = await exportOnce({ reference, ...kind, dataDirectory });
      rounds[index]?.push({ cost, ...(await encodeBare({ dataDirectory, master, speed: kind.speed })) });
      await rm(dataDirectory, { recursive: true });
    }
  }
  await rm(master);
  return rounds.map((some) => toRow(name, some));
}

/** In a process of its own: what it needs is not counted, and nothing else runs meanwhile. */
async function encodeBare({
  dataDirectory,
  ...request
}: {
  readonly dataDirectory: string;
  readonly master: string;
  readonly speed: EncodingSpeed;
}): Promise<Pick<Round, 'encode' | 'decode'>> {
  const planPath = await planPathIn(dataDirectory);
  const storage = await createDiskStorage({ directory: join(dataDirectory, 'store') });
  const visuals = await visualPaths(storage, await readPlanFile(planPath));
  const results = await runChild({
    modulePath: join(import.meta.dirname, 'bare-encode.ts'),
    input: toJson({ planPath, visuals, ...request }),
    signal: new AbortController().signal,
    onReport: () => {},
    ...{ stallSeconds: 3_600, crashCode: 'render_failed', logger: pino({ level: 'error' }), niceness: 0 },
  });
  return z.object({ encode: bareSchema, decode: bareSchema }).parse(results);
}

function toRow(name: ReferenceName, rounds: readonly Round[]): Row {
  const cost = rounds[0]?.cost;
  if (cost === undefined) return {};
  const { frameCount, fps } = cost;
  const middle = (of: (round: Round) => number, digits: number): string =>
    median(rounds.map(of)).toFixed(digits);
  /** With the smallest and the largest, where there are several. */
  const spread = (of: (round: Round) => number): string => {
    const all = rounds.map(of);
    const ends = [Math.min(...all), Math.max(...all)].map((end) => end.toFixed(2));
    return all.length > 1 ? `${median(all).toFixed(2)} (${ends.join(' to ')})` : median(all).toFixed(2);
  };
  return {
    video: name,
    speed: cost.speed,
    'in flight': cost.chunksInFlight,
    frames: frameCount,
    'wall s': middle((round) => round.cost.wallSeconds, 1),
    '× real time': spread((round) => frameCount / fps / round.cost.wallSeconds),
    'CPU s': middle((round) => round.cost.cpuSeconds, 1),
    'bare wall s': middle((round) => round.encode.wallSeconds, 1),
    'bare CPU s': middle((round) => round.encode.cpuSeconds, 1),
    'of it decoding': middle((round) => round.decode.cpuSeconds, 1),
    'wall ÷ bare': spread((round) => round.cost.wallSeconds / round.encode.wallSeconds),
    'CPU ÷ bare': spread((round) => round.cost.cpuSeconds / round.encode.cpuSeconds),
    'most MB': (Math.max(...rounds.map((round) => round.cost.peakBytes)) / 1e6).toFixed(0),
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
