import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AuraError } from '../protocol/index.ts';
import { blobFile, sidecarFile } from './blob-key.ts';
import type { Storage, StoredBlob } from './contract.ts';
import {
  errorCode,
  hashFile,
  moveFile,
  publishFile,
  replaceFile,
  syncFile,
  writeDurably,
} from './durable-files.ts';
import { createWorkFolders } from './work-folders.ts';

/**
 * A store in a folder of this machine: blobs under `<directory>/blobs`, unfinished work under `<directory>/work`.
 * Several processes may use the same folder.
 *
 * Each blob has a sidecar with its size and hash. The blob comes first, so a sidecar describes bytes that were whole;
 * a blob of another size than its sidecar says (a power cut on a disk that lied about syncing) counts as missing.
 *
 * @throws {AuraError} disk_full from everything that writes.
 */
export async function createDiskStorage({ directory }: { readonly directory: string }): Promise<Storage> {
  const blobs = join(directory, 'blobs');
  const workFolders = createWorkFolders(join(directory, 'work'));
  await mkdir(blobs, { recursive: true });

  const find = async (key: string): Promise<StoredBlob | undefined> =>
    await findBlob(blobs, key, workFolders);

  const put = async (key: string, sizeBytes: number, place: (file: string) => Promise<string>) => {
    const finalName = blobFile(blobs, key);
    const folder = await workFolders.create('put');
    try {
      const file = join(folder, 'blob');
      const sha256 = await place(file);
      await removeDamaged(finalName);
      if (await publishFile(file, finalName)) await writeSidecar(finalName, { sizeBytes, sha256 }, folder);
    } catch (error) {
      throw await explainFullDisk(error, { key, sizeBytes, directory });
    } finally {
      await workFolders.remove(folder);
    }
    return await stored(find, key);
  };

  return {
    find,
    async putFile(key, file) {
      const { size } = await stat(file);
      const existing = await find(key);
      if (existing !== undefined) {
        await rm(file);
        return existing;
      }
      return await put(key, size, async (target) => {
        await moveFile(file, target);
        await syncFile(target);
        return await hashFile(target);
      });
    },
    async putBytes(key, bytes) {
      const existing = await find(key);
      if (existing !== undefined) return existing;
      return await put(key, bytes.byteLength, async (target) => {
        await writeDurably(target, bytes);
        return createHash('sha256').update(bytes).digest('hex');
      });
    },
    async localPath(key) {
      await stored(find, key);
      return blobFile(blobs, key);
    },
    async readBytes(key) {
      await stored(find, key);
      return await readFile(blobFile(blobs, key));
    },
    async remove(key) {
      const file = blobFile(blobs, key);
      await rm(file, { force: true });
      await rm(sidecarFile(file), { force: true });
    },
    createWorkFolder: workFolders.create,
    removeWorkFolder: workFolders.remove,
    clearWorkFolders: workFolders.clearStale,
    freeBytes: async () => await freeBytes(directory),
  };
}

type Described = Pick<StoredBlob, 'sizeBytes' | 'sha256'>;

type Folders = ReturnType<typeof createWorkFolders>;

async function findBlob(root: string, key: string, workFolders: Folders): Promise<StoredBlob | undefined> {
  const file = blobFile(root, key);
  const sizeBytes = await sizeOf(file);
  if (sizeBytes === undefined) return undefined;
  const described = (await readSidecar(file)) ?? (await describeAgain(file, sizeBytes, workFolders));
  return described?.sizeBytes === sizeBytes ? { key, ...described } : undefined;
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const sidecarSchema = z.strictObject({
  sizeBytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Undefined when there is none; a size that fits nothing when it cannot be read. */
async function readSidecar(blob: string): Promise<Described | undefined> {
  let text: string;
  try {
    text = await readFile(sidecarFile(blob), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return sidecarSchema.parse(JSON.parse(text));
  } catch {
    return { sizeBytes: -1, sha256: '' };
  }
}

/** A process that was killed between blob and sidecar left a whole blob: it is described now. */
async function describeAgain(
  file: string,
  sizeBytes: number,
  workFolders: Folders,
): Promise<Described | undefined> {
  const folder = await workFolders.create('describe');
  try {
    const described = { sizeBytes, sha256: await hashFile(file) };
    await writeSidecar(file, described, folder);
    return described;
  } catch (error) {
    // Removed while it was being read.
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  } finally {
    await workFolders.remove(folder);
  }
}

async function writeSidecar(blob: string, described: Described, folder: string): Promise<void> {
  const temporary = join(folder, `${randomUUID()}.json`);
  await writeDurably(temporary, Buffer.from(JSON.stringify(described)));
  await replaceFile(temporary, sidecarFile(blob));
}

/** Makes room for a new blob where one does not match its sidecar. */
async function removeDamaged(file: string): Promise<void> {
  const sizeBytes = await sizeOf(file);
  const described = await readSidecar(file);
  if (described === undefined || described.sizeBytes === sizeBytes) return;
  await rm(file, { force: true });
  await rm(sidecarFile(file), { force: true });
}

async function stored(find: Storage['find'], key: string): Promise<StoredBlob> {
  const blob = await find(key);
  if (blob === undefined) throw new AuraError('internal', `${key} is not in the store.`);
  return blob;
}

interface Placement {
  readonly key: string;
  readonly sizeBytes: number;
  readonly directory: string;
}

async function explainFullDisk(error: unknown, { key, sizeBytes, directory }: Placement): Promise<unknown> {
  const code = errorCode(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const free = await freeBytes(directory);
  const detail = `Storing ${key} takes ${sizeBytes} bytes, but only ${free} bytes are free in ${directory}.`;
  return new AuraError('disk_full', detail, { cause: error });
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
