import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Json, TaskContext } from '../../src/engine/contract.ts';
import { runRender } from '../../src/pipeline/stages/render.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';

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
    const result = await runRender(contextOf({ planKey: `plan/${'a'.repeat(64)}.json`, chunks }), tools);
    assert.deepEqual(result, { output: null, cached: true });
  } finally {
    await rm(directory, { recursive: true });
  }
});

function contextOf(input: Json): TaskContext {
  const task = {
    name: 'render-0000',
    stage: 'render',
    label: 'Drawing',
    workSeconds: 1,
    input,
  } as const;
  return {
    jobId: 'job',
    task: { ...task, state: 'running', fraction: 0, cached: false, output: null },
    attempt: 1,
    signal: new AbortController().signal,
    progress() {},
    reuse() {},
    preview: async () => {},
    warn: async () => {},
    use: async () => {},
  };
}
