import assert from 'node:assert/strict';
import { afterEach, beforeEach, it } from 'node:test';
import type { EngineOptions } from '../../src/engine/engine.ts';
import {
  createEventHub,
  type Database,
  type EventHub,
  readJob,
  readPace,
  readPositions,
} from '../../src/store/index.ts';
import { withDatabase } from '../support/with-database.ts';
import { waitFor } from './support/wait-for.ts';
import { openWorkshop, type Workshop } from './support/workshop.ts';

let database: Database;
let hub: EventHub;
let workers: readonly Workshop[];
let pictures: number;
withDatabase('postgresql', (opened) => {
  database = opened;
});
beforeEach(async () => {
  hub = await createEventHub(database);
  pictures = 0;
  workers = [openWorker({}), openWorker({ now: () => new Date(Date.now() + 1_000) })];
  for (const { engine } of workers) await engine.start();
});
afterEach(async () => {
  for (const { engine } of workers) await engine.stop();
  await hub.close();
});

/** Draws one part at a time, so that two of them share the work. */
function openWorker(options: Partial<EngineOptions>): Workshop {
  const worker = openWorkshop(database, {
    concurrency: {},
    storageOfPreview: async () => `/picture-${++pictures}.jpg`,
    ...options,
  });
  for (const name of parts) worker.studio.hold(name);
  return worker;
}

const parts = ['render-1', 'render-2', 'render-3'];

it('counts the time once though the clocks of those who take turns differ by a second', async () => {
  const id = await orderDrawing();
  const before = { counted: await countedSeconds(id), at: performance.now(), version: await versionOf(id) };
  await waitFor('twenty reports', async () => (await versionOf(id)) >= before.version + 20);
  const passed = (performance.now() - before.at) / 1_000;
  const counted = (await countedSeconds(id)) - before.counted;
  assert.ok(counted > passed / 2 && counted < passed + 0.5, `${counted} s counted of ${passed} s`);
  await finish(id);
});

it('shows the pictures of both as those of one: none twice, none withdrawn, one every two seconds', async () => {
  using drawing = new DisposableStack();
  for (const { studio } of workers) {
    for (const part of ['render-1', 'render-2']) {
      studio.onNext(part, ({ preview }) => {
        const timer = setInterval(() => void preview(new Uint8Array([1])), 50);
        drawing.defer(() => clearInterval(timer));
      });
    }
  }
  const id = await orderDrawing();
  const seen = watchPreviews(id);
  await waitFor('a third picture', () => seen.length >= 3);
  drawing.dispose();
  await finish(id);
  const paths = seen.map(({ path }) => path);
  assert.equal(new Set(paths).size, paths.length, paths.join(', '));
  assert.ok(!paths.slice(1).includes(null), paths.join(', '));
  for (const [index, { atMs }] of seen.entries()) {
    const sinceMs = atMs - (seen[index - 1]?.atMs ?? Number.NEGATIVE_INFINITY);
    assert.ok(seen[index - 1]?.path === null || sinceMs > 1_500, `after ${sinceMs} ms`);
  }
  assert.equal((await readJob(database, id))?.live?.preview, paths.at(-1), 'the last one stays');
});

/** Returns as soon as both draw. */
async function orderDrawing(): Promise<string> {
  const job = await workers[0]?.order();
  await waitFor('both to draw', () => workers.every(({ studio }) => studio.running.size === 1));
  return job?.id ?? '';
}

async function finish(id: string): Promise<void> {
  for (const { studio } of workers) for (const part of parts) studio.release(part);
  await workers[0]?.until(id, 'completed');
}

/** How much time the drawing is held to have taken. */
async function countedSeconds(id: string): Promise<number> {
  const { pace: stored } = await readPace<{ pace: { phases: { make: { recentClockSeconds: number } } } }>(
    database,
    id,
  );
  return stored?.pace.phases.make.recentClockSeconds ?? 0;
}

async function versionOf(id: string): Promise<number> {
  const [position] = await readPositions(database, [id]);
  return position?.liveVersion ?? 0;
}

/** Each change of the picture. */
function watchPreviews(id: string): { readonly path: string | null; readonly atMs: number }[] {
  const seen: { path: string | null; atMs: number }[] = [];
  hub.subscribe(id, {
    appended: () => {},
    live({ preview }) {
      if (seen.at(-1)?.path !== preview) seen.push({ path: preview, atMs: performance.now() });
    },
  });
  return seen;
}
