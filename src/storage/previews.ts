import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './durable-files.ts';

/** The newest picture of what each job is drawing. Losing one costs nothing, so nothing is fsynced. */
export interface Previews {
  /** Replaces the job's picture, a small JPEG. */
  write(jobId: string, jpeg: Uint8Array): Promise<void>;
  read(jobId: string): Promise<Uint8Array | undefined>;
  remove(jobId: string): Promise<void>;
  /** Removes pictures that nobody has replaced for a day. */
  clearOld(): Promise<void>;
}

const keptMilliseconds = 24 * 3_600_000;

export async function createPreviews({ directory }: { readonly directory: string }): Promise<Previews> {
  await mkdir(directory, { recursive: true });
  const fileOf = (jobId: string): string => join(directory, `${jobId.replaceAll(/[^0-9a-f-]/g, '')}.jpg`);
  return {
    async write(jobId, jpeg) {
      const temporary = join(directory, `${randomUUID()}.tmp`);
      await writeFile(temporary, jpeg);
      await rename(temporary, fileOf(jobId));
    },
    async read(jobId) {
      try {
        return await readFile(fileOf(jobId));
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    remove: (jobId) => rm(fileOf(jobId), { force: true }),
    async clearOld() {
      for (const name of await readdir(directory)) {
        const file = join(directory, name);
        if (Date.now() - (await stat(file)).mtimeMs > keptMilliseconds) await rm(file, { force: true });
      }
    },
  };
}
