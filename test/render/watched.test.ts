import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { type Job, type JobEvent, type Stage, type StageName, stageNames } from '../../src/protocol/index.ts';
import { readLog } from '../crash/read-log.ts';
import { startAura, type TestAura } from '../support/aura.ts';

let aura: TestAura;
before(async () => {
  aura = await startAura();
});
after(() => aura.close());

const script = '# Tides\n\nThe sea comes in twice a day.\n\n## Why\n\nThe moon pulls at the water.\n';
const output = { width: 320, height: 180 } as const;

it('makes the same video in the same steps whether nobody, one or fifty watch from before it exists', async () => {
  const logs: Told[] = [];
  for (const count of [0, 1, 50]) logs.push(await exportWatchedBy(count));
  const [unwatched, ...watched] = logs;
  assert.ok(unwatched);
  assert.deepEqual(
    unwatched.stages.map((own) => own.at(-1)?.status),
    stageNames.map(() => 'done'),
  );
  assert.ok(
    unwatched.others.some((event) => 'artifact' in event && /[0-9a-f]{64}/.test(JSON.stringify(event))),
  );
  for (const log of watched) assert.deepEqual(log, unwatched);
});

async function exportWatchedBy(count: number): Promise<Told> {
  // Nothing is stored, so that all is done anew.
  await rm(join(aura.dataDirectory, 'store/blobs'), { recursive: true, force: true });
  const id = randomUUID();
  const ends = Array.from({ length: count }, async () => {
    let last: Job | undefined;
    for await (const state of aura.client.job(id).watch()) last = state;
    return last;
  });
  const result = await (await aura.client.export({ id, script, output })).result();
  for (const end of await Promise.all(ends)) assert.deepEqual(end, result);
  return toldIn(await readLog(aura.url, id), id);
}

/** What a log says apart from ids, times, and how far the bar and the counting were at which moment. */
interface Told {
  /** The steps of each stage. Stages that overlap get on independently: which of them was quicker is left out. */
  readonly stages: readonly Partial<Stage>[][];
  /** All other events, in their order. */
  readonly others: readonly object[];
}

function toldIn(log: readonly JobEvent[], jobId: string): Told {
  const others = log.filter(({ kind }) => kind !== 'stage').map(({ seq, at, ...event }) => event);
  return {
    stages: stageNames.map((name) => stepsOf(log, name)),
    others: JSON.parse(JSON.stringify(others).replaceAll(jobId, 'id')),
  };
}

function stepsOf(log: readonly JobEvent[], stage: StageName): Partial<Stage>[] {
  const states = log.flatMap((event) =>
    event.kind === 'stage' ? event.stages.filter(({ name }) => name === stage) : [],
  );
  const steps = states.map(({ status, done, total, cached }) => ({ status, done, total, cached }));
  return steps.filter((step, index) => JSON.stringify(step) !== JSON.stringify(steps[index - 1]));
}
