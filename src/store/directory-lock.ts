import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AuraError } from '../protocol/index.ts';

export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes a directory for this process alone. The lock is an exclusive transaction on an empty SQLite file: SQLite holds it
 * with the operating system's own file lock, which ends with the process however that ends, so there is no stale lock to
 * recognise and no reused pid to be fooled by. The pid file beside it is only for the message.
 *
 * @throws {AuraError} data_in_use, naming the process that has it.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true });
  const path = await realpath(directory);
  const pidFile = join(path, 'aura.pid');
  const file = new DatabaseSync(join(path, 'aura.lock'), { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (!isBusy(error)) throw error;
    const owner = await readFile(pidFile, 'utf8').catch(() => 'unknown');
    throw new AuraError('data_in_use', `${path} is in use by the Aura process ${owner.trim()}.`);
  }
  await writeFile(pidFile, `${process.pid}\n`);
  return {
    async release() {
      if (!file.isOpen) return;
      await rm(pidFile, { force: true });
      file.close();
    },
  };
}

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}
