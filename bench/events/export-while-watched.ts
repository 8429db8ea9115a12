import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../markdown-table.ts';
import type { ExportCost, ExportOffer } from './export-server.ts';
import { startPeer } from './peer.ts';
import type { WatchersOffer } from './watchers.ts';

interface Comparison {
  /** For the servers' data. */
  readonly folder: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly watcherCount: number;
}

/** Exports the same video from empty stores with watchers and without, in turn, and takes the medians. */
export async function exportWhileWatched(comparison: Comparison): Promise<Row[]> {
  const alone: ExportCost[] = [];
  const watched: ExportCost[] = [];
  for (let round = 0; round < comparison.rounds; round++) {
    alone.push(await exportOnce(comparison, 0));
    watched.push(await exportOnce(comparison, comparison.watcherCount));
  }
  const base = medians(alone);
  return [
    rowOf({ watchers: 0, cost: base, base }),
    rowOf({ watchers: comparison.watcherCount, cost: medians(watched), base }),
  ];
}

/** The watchers are there before the job is: their streams wait for it. */
async function exportOnce({ folder, seconds }: Comparison, watcherCount: number): Promise<ExportCost> {
  await using server = startPeer<ExportOffer>(join(import.meta.dirname, 'export-server.ts'));
  await using watchers = startPeer<WatchersOffer>(join(import.meta.dirname, 'watchers.ts'));
  const port = await server.call('start', await mkdtemp(join(folder, 'export-')));
  const id = randomUUID();
  const paths = Array.from({ length: watcherCount }, () => `/api/jobs/${id}/events`);
  const opening = watchers.call('open', { port, paths, atATime: watcherCount });
  const cost = await server.call('export', { id, seconds });
  await opening;
  await server.call('stop');
  return cost;
}

function medians(costs: readonly ExportCost[]): ExportCost {
  return {
    wallSeconds: median(costs.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

function rowOf({ watchers, cost, base }: { watchers: number; cost: ExportCost; base: ExportCost }): Row {
  return {
    'export watched by': watchers,
    'wall s': cost.wallSeconds.toFixed(1),
    'CPU s': cost.cpuSeconds.toFixed(1),
    'wall ÷ unwatched': (cost.wallSeconds / base.wallSeconds).toFixed(2),
    'CPU ÷ unwatched': (cost.cpuSeconds / base.cpuSeconds).toFixed(2),
  };
}
