import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Json } from '../../src/engine/contract.ts';
import { finishTasks, runFinish } from '../../src/pipeline/stages/finish.ts';
import { loudnessKey } from '../../src/pipeline/stages/mix.ts';
import type { PlanOutput } from '../../src/pipeline/stages/plan.ts';
import type { View } from '../../src/pipeline/views.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';
import { contextOf } from './task-context.ts';

const keys = { plan: `plan/${'a'.repeat(40)}.json`, chunk: `chunk/${'b'.repeat(40)}.mp4` };
const mixKey = `mix/${'c'.repeat(40)}.m4a`;
const plan: PlanOutput = {
  ...{ planKey: keys.plan, fps: 30, frameCount: 60 },
  chunks: [{ keys: [keys.chunk], startFrame: 0, frameCount: 60, weight: 1, isStored: true }],
  mixes: [{ key: mixKey, isStored: true, loudness: { lufs: -14, truePeakDbtp: -1 }, format: 'aac' }],
};
const encoding = { container: 'mp4', codec: 'h264' } as const;
const view = { index: 0, outputs: [{ name: null, encoding, encodingIndex: 0 }] } as unknown as View;
const tasks = finishTasks({ title: 'A video', language: 'en' }, { view, plan, index: 0 });

test('the video and what goes with it are made by a task each, and only the video needs the sound', () => {
  assert.deepEqual(
    tasks.map(({ name, stage, input }) => [name, stage, JSON.stringify(input).includes(mixKey)]),
    [
      ['finish', 'finish', true],
      ['companions', 'finish', false],
    ],
  );
});

test('a task that an older version wrote makes the video', async () => {
  const { part, ...older } = (tasks[0]?.input ?? {}) as Record<string, Json>;
  assert.equal(part, 'video');
  assert.equal((await childInputOf(older))['part'], 'video');
  assert.equal((await childInputOf(tasks[1]?.input ?? null))['part'], 'companions');
});

/** What the child is asked for that does such a task. */
async function childInputOf(input: Json): Promise<Record<string, Json>> {
  const directory = await mkdtemp(join(tmpdir(), 'aura-finish-'));
  try {
    const storage = await createDiskStorage({ directory });
    const stored = [keys.plan, keys.chunk, mixKey, loudnessKey(mixKey)];
    for (const key of stored) await storage.putBytes(key, Buffer.from('stored'));
    const asked: Json[] = [];
    const runChild = async (order: { readonly input: Json }): Promise<Json> => {
      asked.push(order.input);
      return { files: [] };
    };
    await runFinish(contextOf('finish', input), {
      storage,
      runChild,
      fetchableAddresses: [],
      machines: 'one',
    });
    return asked[0] as Record<string, Json>;
  } finally {
    await rm(directory, { recursive: true });
  }
}
