import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './durable-files.ts';

/** Bytes of all files in a folder and in those inside of it. What is removed meanwhile counts for nothing. */
export async function sizeOfFiles(folder: string): Promise<number> {
  let sum = 0;
  // One folder after another: with all of them at once a large store would use up the files a process may open.
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(nothingIfGone)) {
    const path = join(folder, entry.name);
    sum += entry.isDirectory() ? await sizeOfFiles(path) : await sizeOfFile(path);
  }
  return sum;
}

async function sizeOfFile(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

function nothingIfGone(error: unknown): [] {
  if (errorCode(error) === 'ENOENT') return [];
  throw error;
}
