import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CreateJob } from '../src/protocol/index.ts';
import type { AuraClient, JobHandle } from '../src/sdk/index.ts';

const example = join(import.meta.dirname, '../examples/announcement');

/** Orders the video of the announcement, with its pictures and music, for the pictures of the documentation. */
export async function exportExample(
  client: AuraClient,
  output: CreateJob['output'] = {},
): Promise<JobHandle> {
  const names = (await readdir(example)).filter((name) => name !== 'script.md');
  const files = await Promise.all(
    names.map(async (name) => ({ name, data: new Blob([await readFile(join(example, name))]) })),
  );
  const assets = await client.upload(files);
  return await client.export({
    script: await readFile(join(example, 'script.md'), 'utf8'),
    assets: Object.fromEntries(assets.map(({ id }, index) => [names[index] ?? '', id])),
    output,
  });
}
