import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Job } from '../src/protocol/index.ts';
import { startPostgres } from '../test/support/postgres.ts';
import type { ApiOffer } from './events/api-server.ts';
import type { BareOffer } from './events/bare-server.ts';
import { exportWhileWatched } from './events/export-while-watched.ts';
import type { Place, WriterOffer } from './events/log-writer.ts';
import { firstFrames, type Measured, measureSetup, type Parts } from './events/measure-setup.ts';
import { requireOpenFiles } from './events/open-files.ts';
import { type Peer, startPeer } from './events/peer.ts';
import { percentile } from './events/percentile.ts';
import type { WatchersOffer } from './events/watchers.ts';
import { markdownTable, type Row } from './markdown-table.ts';

/**
 * What watching costs: thousands of event streams of one API process, and beside it a bare `node:http` server that writes
 * the same bytes to as many connections.
 *
 *     npm run bench:events -- --watchers 1,100 --jobs 1,500 --seconds 3 --database pglite
 */
const { values } = parseArgs({
  options: {
    watchers: { type: 'string', default: '1,100,2000,5000' },
    jobs: { type: 'string', default: '1,500' },
    /** Of each of the two measurements of a row. */
    seconds: { type: 'string', default: '4' },
    /** `postgresql`: the log is written by another process, as by a worker; `pglite`: by the server's own. */
    database: { type: 'string', default: 'postgresql' },
    servers: { type: 'string', default: 'aura,bare' },
    /** How often a video is exported without and with 500 watchers; 0: not at all. */
    'export-rounds': { type: 'string', default: '3' },
  },
});
const listOf = <Item>(item: z.ZodType<Item>, text: string) => z.array(item).parse(text.split(','));
const count = z.coerce.number().int().min(1);
const watcherCounts = listOf(count, values.watchers);
const jobCounts = listOf(count, values.jobs);
const servers = listOf(z.enum(['aura', 'bare']), values.servers);
const database = z.enum(['postgresql', 'pglite']).parse(values.database);
const seconds = z.coerce.number().positive().parse(values.seconds);
/** All jobs of a row together: as the engine tells of one, and ten jobs at a time. */
const eventsPerSecond = { one: 5, many: 50 };

const watcherProcesses = 2;
const serverFlags = ['--expose-gc'];

requireOpenFiles(Math.max(...watcherCounts));
const folder = await mkdtemp(join(tmpdir(), 'aura-bench-'));
await using opened = new AsyncDisposableStack();
opened.defer(() => rm(folder, { recursive: true, force: true }));
const postgres = database === 'postgresql' ? await startPostgres() : undefined;
if (postgres !== undefined) opened.defer(() => postgres.stop());

const rows: Row[] = [];
for (const jobCount of jobCounts) {
  for (const watcherCount of watcherCounts) {
    // One watcher of many jobs watches one.
    if (jobCount > 1 && watcherCount === 1) continue;
    const setup = { jobCount: Math.min(jobCount, watcherCount), watcherCount };
    const bare = servers.includes('bare') ? await measure('bare', setup) : undefined;
    const aura = servers.includes('aura') ? await measure('aura', setup) : undefined;
    if (aura !== undefined) rows.push(toRow('aura', setup, { measured: aura, bare }));
    if (bare !== undefined) rows.push(toRow('bare', setup, { measured: bare, bare }));
  }
}
console.log(`\n${markdownTable(rows)}`);
const rounds = z.coerce.number().int().min(0).parse(values['export-rounds']);
if (rounds > 0) {
  const comparison = { folder, rounds, seconds: 120, watcherCount: 500 };
  console.log(`\n${markdownTable(await exportWhileWatched(comparison))}`);
}

interface Size {
  readonly jobCount: number;
  readonly watcherCount: number;
}

async function measure(server: 'aura' | 'bare', { jobCount, watcherCount }: Size): Promise<Measured> {
  await using processes = new AsyncDisposableStack();
  const directory = await mkdtemp(join(folder, `${server}-`));
  const place = { directory, ...(postgres && { databaseUrl: await postgres.createDatabase() }) };
  const watchers = Array.from({ length: watcherProcesses }, () =>
    processes.use(startPeer<WatchersOffer>(program('watchers.ts'))),
  );
  const start = server === 'aura' ? startAura : startBare;
  const { jobs, ...parts } = await start(processes, place, jobCount);
  const pace = jobs.length > 1 ? eventsPerSecond.many : eventsPerSecond.one;
  return await measureSetup({ jobs, watcherCount, eventsPerSecond: pace, seconds }, { ...parts, watchers });
}

type Started = Omit<Parts, 'watchers'> & { readonly jobs: readonly Job[] };

/** With PGlite the server's own process writes the log, for no other can. */
async function startAura(processes: AsyncDisposableStack, place: Place, jobCount: number): Promise<Started> {
  const report = processes.use(startPeer<ApiOffer>(program('api-server.ts'), serverFlags));
  const port = await report.call('listen', place);
  const writer = database === 'pglite' ? report : await startWriter(processes, place);
  const jobs = await writer.call('createJobs', jobCount);
  return { subject: { port, report, announce: async () => {} }, writer, jobs };
}

async function startBare(processes: AsyncDisposableStack, place: Place, jobCount: number): Promise<Started> {
  const report = processes.use(startPeer<BareOffer>(program('bare-server.ts'), serverFlags));
  const writer = await startWriter(processes, place);
  const jobs = await writer.call('createJobs', jobCount);
  const port = await report.call('listen', firstFrames(jobs));
  const announce = (path: string, text: string) => report.call('write', { path, text });
  return { subject: { port, report, announce }, writer, jobs };
}

async function startWriter(processes: AsyncDisposableStack, place: Place): Promise<Peer<WriterOffer>> {
  const writer = processes.use(startPeer<WriterOffer>(program('log-writer.ts')));
  await writer.call('open', place);
  return writer;
}

function program(name: string): string {
  return join(import.meta.dirname, 'events', name);
}

interface Result {
  readonly measured: Measured;
  readonly bare: Measured | undefined;
}

function toRow(server: string, { watcherCount, jobCount }: Size, { measured, bare }: Result): Row {
  const { firstMilliseconds: first, delayMilliseconds: delays, paced } = measured;
  const perSecond = ({ flatOut }: Measured) => flatOut.deliveries / flatOut.wallSeconds;
  const perCpuSecond = ({ flatOut }: Measured) => flatOut.deliveries / flatOut.cpuSeconds;
  return {
    server,
    watchers: watcherCount,
    jobs: jobCount,
    'KB each': (measured.bytesPerConnection / 1024).toFixed(1),
    'of it heap': (measured.heapBytesPerConnection / 1024).toFixed(1),
    'first p99 ms': percentile(first, 0.99).toFixed(0),
    'delay p50 ms': percentile(delays, 0.5).toFixed(1),
    'p99 ms': percentile(delays, 0.99).toFixed(1),
    'CPU %': ((100 * paced.cpuSeconds) / paced.wallSeconds).toFixed(0),
    'loop p50 ms': paced.loopDelayP50.toFixed(1),
    'loop p99 ms': paced.loopDelayP99.toFixed(1),
    'deliveries/s': perSecond(measured).toFixed(0),
    'of bare': bare === undefined ? '' : (perSecond(measured) / perSecond(bare)).toFixed(2),
    'a CPU second': perCpuSecond(measured).toFixed(0),
    'of bare’s': bare === undefined ? '' : (perCpuSecond(measured) / perCpuSecond(bare)).toFixed(2),
  };
}
