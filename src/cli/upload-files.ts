import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { AuraClient } from '../sdk/index.ts';
import type { LocalFile } from './render-input.ts';

/** Uploads a script's files. Gives asset ids by the names the script uses. */
export async function uploadFiles(
  client: AuraClient,
  files: readonly LocalFile[],
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const uploads = files.map(async ({ path }) => ({ name: basename(path), data: await openAsBlob(path) }));
  const assets = await client.upload(await Promise.all(uploads), { signal });
  return Object.fromEntries(
    files.flatMap(({ name }, index) => {
      const id = assets[index]?.id;
      return id === undefined ? [] : [[name, id]];
    }),
  );
}
