import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { before, test } from 'node:test';
import type { Job } from '../../src/protocol/index.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import { requestRich, richScript } from '../support/rich-script.ts';
import { blobFiles } from './exported.ts';

const scripts = {
  original: richScript(),
  changed: richScript('It glows a little, and then a little more, before the rain comes.'),
} as const;

interface Round {
  readonly job: Job;
  /** Hashes of the finished files, by name. */
  readonly artifacts: Readonly<Record<string, string>>;
  /** Hashes of all chunks in the store afterwards, by the name of their file, which is their key's. */
  readonly chunks: ReadonlyMap<string, string>;
}

/** Drawn by one process at a time; and by three side by side, in a store of its own, in the other order. */
const alone: Round[] = [];
const besides: Round[] = [];

before(async () => {
  alone.push(...(await rounds({ concurrency: 1, order: ['original', 'changed'] })));
  besides.push(...(await rounds({ concurrency: 3, order: ['changed', 'original'] })));
});

test('a changed caption gives the very files a store without the rest would have given', () => {
  const [cold, warm] = [besides[0], alone[1]];
  assert.deepEqual(warm?.artifacts, cold?.artifacts);
  assert.notDeepEqual(warm?.artifacts, alone[0]?.artifacts);
  assert.equal(framesOf(cold).cached, 0);
  const { total, cached } = framesOf(warm);
  assert.ok(cached > total / 2 && cached < total, `${cached} of ${total} frames were stored`);
});

test('one process at a time or three side by side: the same bytes, in every file', () => {
  const [first, second] = [alone[0]?.artifacts ?? {}, besides[1]?.artifacts];
  assert.ok(Object.keys(first).length > 5);
  assert.deepEqual(second, first);
});

test('what was stored is left as it is, bit for bit', () => {
  for (const [first, second] of [alone, besides]) {
    assert.ok(first && second && second.chunks.size > first.chunks.size);
    for (const [name, sha256] of first.chunks) assert.equal(second.chunks.get(name), sha256, name);
  }
});

test('a chunk drawn where the video was shorter is the one drawn where it is longer', () => {
  const [original, changed] = [alone[0]?.chunks, besides[0]?.chunks];
  assert.ok(original && changed);
  const shared = [...original.keys()].filter((name) => changed.has(name));
  assert.ok(shared.length > original.size / 2 && shared.length < original.size);
  for (const name of shared) assert.equal(changed.get(name), original.get(name), name);
});

/** Exports one script after the other into one store that is empty at first. */
async function rounds(by: {
  readonly concurrency: number;
  readonly order: readonly (keyof typeof scripts)[];
}): Promise<Round[]> {
  const aura = await startAura({ concurrency: by.concurrency });
  try {
    const done: Round[] = [];
    for (const name of by.order) done.push(await round(aura, scripts[name]));
    return done;
  } finally {
    await aura.close();
  }
}

async function round(aura: TestAura, script: string): Promise<Round> {
  const job = await (await aura.client.export(await requestRich(aura.client, script))).result();
  assert.deepEqual(job.warnings, []);
  const artifacts = Object.fromEntries(job.artifacts.map(({ name, sha256 }) => [name, sha256]));
  return { job, artifacts, chunks: await storedChunks(aura) };
}

async function storedChunks({ dataDirectory }: TestAura): Promise<Map<string, string>> {
  const files = (await blobFiles(dataDirectory)).filter((file) => /\/chunk\//.test(file));
  const hashes = files.map(async (file): Promise<[string, string]> => {
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    return [basename(file), sha256];
  });
  return new Map(await Promise.all(hashes));
}

function framesOf(one: Round | undefined): { readonly total: number; readonly cached: number } {
  const render = one?.job.stages.find(({ name }) => name === 'render');
  return render?.units ?? assert.fail('nothing was rendered');
}
