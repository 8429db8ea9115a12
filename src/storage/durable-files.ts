import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const pieceBytes = 1 << 20;

/** SHA-256 of a file's bytes, lower-case hex, read in pieces: a stream, with a buffer for each, takes three times as long. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(pieceBytes);
  const handle = await open(file);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, pieceBytes);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** Writes a new file and returns once its bytes are on the disk. */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Returns once the bytes of a file that somebody else wrote are on the disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Moves a file, also to another disk. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}

/**
 * Gives a finished file its final name unless that is taken, durably; the old name is gone either way.
 * A hard link fails when the name exists, where a rename would replace what others may be reading.
 *
 * @returns whether the file got the name.
 */
export async function publishFile(file: string, finalName: string): Promise<boolean> {
  await createFolderDurably(dirname(finalName));
  try {
    await link(file, finalName);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') {
      await rm(file);
      return false;
    }
    if (code === undefined || !linksUnsupported.has(code)) throw error;
    await rename(file, finalName);
  }
  await rm(file, { force: true });
  await syncFolder(dirname(finalName));
  return true;
}

/** Gives a file its final name, replacing what has it, durably. */
export async function replaceFile(file: string, finalName: string): Promise<void> {
  await rename(file, finalName);
  await syncFolder(dirname(finalName));
}

/** The `code` of a system error such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** File systems without hard links (exFAT, some network and container mounts) answer with one of these. */
const linksUnsupported = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

/** A new folder's name is an entry in its parent, which has to reach the disk as well. */
async function createFolderDurably(folder: string): Promise<void> {
  const firstCreated = await mkdir(folder, { recursive: true });
  if (firstCreated === undefined) return;
  for (let created = folder; ; created = dirname(created)) {
    await syncFolder(dirname(created));
    if (created === firstCreated || created === dirname(created)) return;
  }
}

/** Windows cannot open a folder as a file; NTFS journals its names by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
