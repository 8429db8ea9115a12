import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunTask } from '../../src/engine/index.ts';
import type { Job, JobEvent } from '../../src/protocol/index.ts';
import { AuraClient } from '../../src/sdk/index.ts';
import { readEvents } from '../../src/store/index.ts';
import {
  asJson,
  openServer,
  post,
  script,
  type TestServer,
  type TinyFiles,
  videoBytes,
} from './open-server.ts';

let server: TestServer;
let release: PromiseWithResolvers<void>;
before(async () => {
  server = await openServer({ runTask: slowVideo });
});
after(() => server[Symbol.asyncDispose]());

/** Says how far it is, waits until everybody watches, and goes on. */
function slowVideo(files: TinyFiles): RunTask {
  return async (context) => {
    context.progress(0.25, 'A quarter');
    await context.warn({ code: 'w', message: 'Look out' });
    await context.preview(new Uint8Array([1]));
    await release.promise;
    context.progress(0.75, 'Three quarters');
    const video = { name: 'video.mp4', contentType: 'video/mp4', bytes: videoBytes };
    return { cached: false, output: [asJson(await files.put(video))] };
  };
}

test('a job’s log is the same whether nobody, one or two hundred watch it', async () => {
  const logs: unknown[][] = [];
  for (const count of [0, 1, 200]) logs.push(await logOfWatched(count));
  const [unwatched, ...watched] = logs;
  assert.ok(unwatched && unwatched.length >= 6, JSON.stringify(unwatched));
  for (const log of watched) assert.deepEqual(log, unwatched);
});

async function logOfWatched(count: number): Promise<unknown[]> {
  release = Promise.withResolvers();
  const answer = await fetch(`${server.url}/api/jobs`, post({ script }));
  const { id } = (await answer.json()) as Job;
  const handle = new AuraClient({ baseUrl: server.url }).job(id);
  let watching = 0;
  const everybodyWatches = Promise.withResolvers<void>();
  if (count === 0) everybodyWatches.resolve();
  const ends = Array.from({ length: count }, async () => {
    let last: Job | undefined;
    for await (const state of handle.watch()) {
      if (last === undefined && ++watching === count) everybodyWatches.resolve();
      last = state;
    }
    return last;
  });
  await everybodyWatches.promise;
  release.resolve();
  const result = await handle.result();
  for (const end of await Promise.all(ends)) assert.deepEqual(end, result);
  return (await readEvents(server.database, id, { after: 0 })).map(withoutTime);
}

/** What happened, without when, to which job, and how far the bar was by the clock. */
function withoutTime(event: JobEvent): unknown {
  const figures = ['at', 'jobId', 'progress', 'work', 'etaSeconds', 'etaRange', 'lastProgressAt'];
  return Object.fromEntries(Object.entries(event).filter(([name]) => !figures.includes(name)));
}
