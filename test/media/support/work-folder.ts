import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A folder for this test file, gone after its tests. Gives the path of a file in it. */
export async function workFolder(): Promise<(name: string) => string> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-media-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}
