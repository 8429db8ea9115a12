import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { notedStorage } from '../../src/pipeline/noted-storage.ts';
import { storedSpeech } from '../../src/pipeline/stages/narrate.ts';
import type { Storage } from '../../src/storage/contract.ts';
import { createDiskStorage } from '../../src/storage/disk.ts';

let directory: string;
let storage: Storage;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aura-noted-'));
  storage = await createDiskStorage({ directory });
});
after(() => rm(directory, { recursive: true }));

it('notes before it looks, and what is asked for together in one go', async () => {
  const passages = ['one', 'two', 'three'].map((name) => ({
    soundKey: `speech/${name}.wav`,
    wordsKey: `speech/${name}.json`,
  }));
  const [first] = passages;
  assert.ok(first);
  for (const key of Object.values(first)) await storage.putBytes(key, Buffer.from(key));
  const noted: string[][] = [];
  const mine = notedStorage(storage, async (keys) => void noted.push([...keys]));
  const found = await Promise.all(passages.map((keys) => storedSpeech(mine, keys)));
  assert.deepEqual(found, [first, undefined, undefined]);
  assert.deepEqual(
    noted.map((keys) => keys.toSorted()),
    [passages.flatMap((keys) => Object.values(keys)).toSorted()],
  );
});

it('notes what it writes before and after', async () => {
  const seen: string[] = [];
  const mine = notedStorage(storage, async (keys) => {
    for (const key of keys) seen.push((await storage.find(key)) === undefined ? 'not there' : 'there');
  });
  await mine.putBytes('speech/four.wav', Buffer.from('four'));
  assert.deepEqual(seen, ['not there', 'there']);
});
