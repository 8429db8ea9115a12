import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import type { JobHandle } from '../../src/sdk/index.ts';
import { startAura, type TestAura } from '../support/aura.ts';
import { databaseKinds, startDatabases } from '../support/databases.ts';

for (const kind of databaseKinds) {
  test(`deleting a real export on ${kind} takes its own results and leaves those of others`, async () => {
    const databases = await startDatabases(kind);
    const { databaseUrl } = await databases.fresh();
    const aura = await startAura(databaseUrl === undefined ? {} : { databaseUrl });
    try {
      await deleteAround(aura);
    } finally {
      await aura.close();
      await databases.stop();
    }
  });
}

/** Two films with a first scene in common; one is deleted, then the other while a third is being made of its parts. */
async function deleteAround(aura: TestAura): Promise<void> {
  const one = await finished(aura, film('One leaves.'));
  const ofOne = await blobs(aura);
  const two = await finished(aura, film('The other stays.'));
  const ofBoth = await blobs(aura);
  await one.delete();
  const ofTwo = await blobs(aura);
  const shared = ofOne.filter((key) => ofTwo.includes(key));
  assert.ok(
    shared.some((key) => key.startsWith('speech/')),
    'they say the same at first',
  );
  assert.ok(
    ofOne.some((key) => !ofTwo.includes(key)),
    'what only the first one used is gone',
  );
  assert.deepEqual(
    ofTwo.filter((key) => !ofOne.includes(key)),
    ofBoth.filter((key) => !ofOne.includes(key)),
  );
  await assertPlayable(two);
  const again = await aura.client.export({ script: film('The other stays.') });
  await two.delete();
  await again.result();
  await assertPlayable(again);
  await again.delete();
  assert.deepEqual(await blobs(aura), []);
}

function film(last: string): string {
  return `---\nsize: 160x90\nfps: 24\n---\n\n# Begin\n\nBoth begin alike.\n\n# End\n\n${last}\n`;
}

async function finished(aura: TestAura, script: string): Promise<JobHandle> {
  const job = await aura.client.export({ script });
  await job.result();
  return job;
}

/** Every file of the job can be fetched in its whole length. */
async function assertPlayable(job: JobHandle): Promise<void> {
  for (const { name, sizeBytes } of (await job.refresh()).artifacts) {
    const bytes = await new Response(await job.download(name)).arrayBuffer();
    assert.equal(bytes.byteLength, sizeBytes, name);
  }
}

/** Keys of all that is stored. */
async function blobs({ dataDirectory }: TestAura): Promise<string[]> {
  const root = join(dataDirectory, 'store/blobs');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.meta.json'))
    .map(({ parentPath, name }) => `${parentPath.slice(root.length + 1).split('/')[0]}/${name}`)
    .sort();
}
