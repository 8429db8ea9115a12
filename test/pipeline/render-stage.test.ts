import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PlanOutput } from '../../src/pipeline/stages/plan.ts';
import { renderTasks, runRender } from '../../src/pipeline/stages/render.ts';
import type { View } from '../../src/pipeline/views.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';
import { contextOf } from './task-context.ts';

test('a task that an older version wrote is understood after an update', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'aura-render-'));
  try {
    const storage = await createDiskStorage({ directory });
    const { key } = await storage.putBytes(`chunk/${'c'.repeat(64)}.mp4`, Buffer.from('drawn before'));
    const chunks = [{ keys: [key], startFrame: 0, frameCount: 60, weight: 0.7 }];
    const tools = {
      storage,
      runChild: () => Promise.reject(new Error('nothing is left to draw')),
      fetchableAddresses: [],
      machines: 'one',
    } as const;
    const result = await runRender(
      contextOf('render', { planKey: `plan/${'a'.repeat(64)}.json`, chunks }),
      tools,
    );
    assert.deepEqual(result, { output: null, cached: true });
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('what is stored is found first, what takes longest is drawn next, and what shows the same as another comes last', () => {
  const tasks = renderTasks(view, planOf(['stored', 'stored', 'short', 'long', 'middle', 'long', 'stored']));
  assert.deepEqual(
    tasks.map(({ name, workSeconds }) => [name, workSeconds > 0]),
    [
      ['render-0000', false],
      ['render-0006', false],
      ['render-0003', true],
      ['render-0004', true],
      ['render-0002', true],
      ['render-0005', false],
    ],
  );
});

test('short chunks beside each other are drawn by one task, as long as there is enough for all', () => {
  const names = Array.from({ length: 60 }, (_, index) => `short-${index}`);
  const tasks = renderTasks(view, planOf(names));
  const counts = tasks.map(({ input }) => (input as { chunks: unknown[] }).chunks.length);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    60,
  );
  assert.ok(tasks.length >= 6 && tasks.length < 30, `${counts}`);
  assert.ok(
    counts.every((count) => count > 1 && count <= 10),
    `${counts}`,
  );
});

const view: View = {
  index: 0,
  video: { width: 1920, height: 1080, fps: 30 },
  encodings: [{ codec: 'h264', quality: 'standard', speed: 'fast', hardware: false }],
  outputs: [],
};

/** @param names of the chunks: those that begin with the same word are as long as each other. */
function planOf(names: readonly string[]): PlanOutput {
  const lengths: Record<string, number> = { stored: 150, short: 30, middle: 90, long: 150 };
  let frameCount = 0;
  const chunks = names.map((name) => {
    const chunk = {
      keys: [name],
      startFrame: frameCount,
      frameCount: lengths[name.split('-')[0] ?? ''] ?? 0,
    };
    frameCount += chunk.frameCount;
    return { ...chunk, weight: 1, isStored: name === 'stored' };
  });
  return { planKey: 'plan', fps: 30, frameCount, chunks, mixes: [] };
}
