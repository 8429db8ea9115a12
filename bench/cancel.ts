import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AuraError } from '../src/protocol/index.ts';
import { cancelRound, type Moment, moments } from '../test/crash/cancel-round.ts';
import { startServerProcess } from '../test/crash/server-process.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { markdownTable, type Row } from './markdown-table.ts';
import { longScript } from './progress-scripts.ts';

/**
 * How long a cancellation takes: from the request until the children are dead and their files are gone, at each moment of an
 * export, asked of the process that works and of another one. The aim is a median of at most a second.
 *
 * `npm run bench:cancel`: seven rounds of each. `-- render finish --rounds 3`: at these moments only, so often.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '7' } },
});
const aimMilliseconds = 1_000;
const chosen = z.array(z.enum(moments)).parse(positionals.length > 0 ? positionals : moments);
const rounds = z.coerce.number().int().min(1).parse(values.rounds);

let exportCount = 0;

type Place = Parameters<typeof cancelRound>[0];

const rows = [...(await inOneProcess()), ...(await fromAnother())];
console.log(
  `Aim: a median of at most ${aimMilliseconds} ms. **Missed** where bold.\n\n${markdownTable(rows)}`,
);

async function inOneProcess(): Promise<Row[]> {
  await using cleaning = new AsyncDisposableStack();
  const dataDirectory = await newFolder(cleaning);
  const server = await startServerProcess({ dataDirectory });
  cleaning.defer(() => server.kill('SIGTERM'));
  return await measureAll('the process that works', {
    client: server.client,
    servers: [server],
    dataDirectory,
  });
}

async function fromAnother(): Promise<Row[]> {
  await using cleaning = new AsyncDisposableStack();
  const dataDirectory = await newFolder(cleaning);
  const postgres = await startPostgres();
  cleaning.defer(() => postgres.stop());
  const databaseUrl = await postgres.createDatabase();
  const working = await startServerProcess({ dataDirectory, databaseUrl });
  cleaning.defer(() => working.kill('SIGTERM'));
  const asked = await startServerProcess({ dataDirectory, databaseUrl, works: false });
  cleaning.defer(() => asked.kill('SIGTERM'));
  return await measureAll('another process', { client: asked.client, servers: [working], dataDirectory });
}

async function newFolder(cleaning: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-bench-cancel-'));
  cleaning.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function measureAll(asked: string, place: Place): Promise<Row[]> {
  const rows: Row[] = [];
  for (const moment of chosen) {
    const took: number[] = [];
    while (took.length < rounds) {
      const milliseconds = await measure(place, moment);
      if (milliseconds !== undefined) took.push(Math.round(milliseconds));
    }
    rows.push(
      toRow(
        { asked, moment },
        took.toSorted((a, b) => a - b),
      ),
    );
  }
  return rows;
}

/** Undefined when the export was quicker than the request. */
async function measure(place: Place, moment: Moment): Promise<number | undefined> {
  // Other words each time: what is stored would not be made again.
  const script = longScript(0.2).replaceAll('long talk', `long talk number ${++exportCount}`);
  try {
    return (await cancelRound(place, { script, moment })).milliseconds;
  } catch (error) {
    if (error instanceof AuraError && error.code === 'job_finished') return undefined;
    throw error;
  }
}

function toRow(what: { readonly asked: string; readonly moment: Moment }, sorted: readonly number[]): Row {
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return {
    ...{ asked: what.asked, 'cancelled in': what.moment, rounds: sorted.length },
    'median ms': median > aimMilliseconds ? `**${median}**` : median,
    'max ms': sorted.at(-1) ?? 0,
  };
}
