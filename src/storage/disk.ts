import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AuraError } from '../protocol/index.ts';
import { blobFile, sidecarFile } from './blob-key.ts';
import type { Storage, StoredBlob } from './contract.ts';
import { errorCode, hashFile, moveFile, publishFile, syncFile, writeDurably } from './durable-files.ts';
import { checkBlob, writeSidecar } from './sidecar.ts';
import { sizeOfFiles } from './size-of-files.ts';
import { createWorkFolders, type WorkFolders } from './work-folders.ts';

/**
 * A store in a folder of this machine: blobs under `<directory>/blobs`, unfinished work under `<directory>/work`.
 * Several processes may use the same folder.
 *
 * Each blob has a sidecar with its size and hash. A blob of another size than its sidecar says (after a power cut, on a
 * disk that lied about syncing) counts as missing.
 *
 * @throws {AuraError} disk_full from everything that writes.
 */
export async function createDiskStorage({ directory }: { readonly directory: string }): Promise<Storage> {
  const place: Place = {
    directory,
    blobs: join(directory, 'blobs'),
    workFolders: createWorkFolders(join(directory, 'work')),
  };
  await mkdir(place.blobs, { recursive: true });
  return {
    find: (key) => findBlob(place, key),
    putFile: (key, file, sha256) => putFile(place, { key, file, sha256 }),
    putBytes: (key, bytes) => putBytes(place, key, bytes),
    async localPath(key) {
      await requireBlob(place, key);
      return blobFile(place.blobs, key);
    },
    async readBytes(key) {
      await requireBlob(place, key);
      return await readFile(blobFile(place.blobs, key));
    },
    remove: (key) => removeBlob(place, key),
    createWorkFolder: place.workFolders.create,
    removeWorkFolder: place.workFolders.remove,
    clearWorkFolders: place.workFolders.clearStale,
    storedBytes: () => sizeOfFiles(place.blobs),
    freeBytes: () => freeBytes(directory),
  };
}

interface Place {
  readonly directory: string;
  readonly blobs: string;
  readonly workFolders: WorkFolders;
}

async function findBlob(place: Place, key: string): Promise<StoredBlob | undefined> {
  const file = blobFile(place.blobs, key);
  return await withFolder(place, async (makeFolder) => {
    const state = await checkBlob(file, makeFolder);
    return state.kind === 'whole' ? { key, ...state.description } : undefined;
  });
}

async function requireBlob(place: Place, key: string): Promise<StoredBlob> {
  const blob = await findBlob(place, key);
  if (blob === undefined) throw new AuraError('internal', `${key} is not in the store.`);
  return blob;
}

interface FinishedFile {
  readonly key: string;
  readonly file: string;
  readonly sha256: string | undefined;
}

async function putFile(place: Place, { key, file, sha256 }: FinishedFile): Promise<StoredBlob> {
  const { size: sizeBytes } = await stat(file);
  const stored = await put(place, { key, sizeBytes }, async (target) => {
    await moveFile(file, target);
    await syncFile(target);
    return sha256 ?? (await hashFile(target));
  });
  await rm(file, { force: true });
  return stored;
}

async function putBytes(place: Place, key: string, bytes: Uint8Array): Promise<StoredBlob> {
  return await put(place, { key, sizeBytes: bytes.byteLength }, async (target) => {
    await writeDurably(target, bytes);
    return createHash('sha256').update(bytes).digest('hex');
  });
}

/** @param fill writes the blob to the file it is given, durably, and returns the hash of its bytes. */
async function put(
  place: Place,
  { key, sizeBytes }: { readonly key: string; readonly sizeBytes: number },
  fill: (target: string) => Promise<string>,
): Promise<StoredBlob> {
  const blob = blobFile(place.blobs, key);
  try {
    return await withFolder(place, async (makeFolder) => {
      const state = await checkBlob(blob, makeFolder);
      if (state.kind === 'whole') return { key, ...state.description };
      if (state.kind === 'damaged') await removeBlob(place, key);
      const folder = await makeFolder();
      const target = join(folder, 'blob');
      const sha256 = await fill(target);
      if (await publishFile(target, blob)) await writeSidecar(blob, { sizeBytes, sha256 }, folder);
      // Somebody else may have been first.
      return await requireBlob(place, key);
    });
  } catch (error) {
    throw await explainFullDisk(error, { key, sizeBytes, directory: place.directory });
  }
}

async function removeBlob(place: Place, key: string): Promise<void> {
  const file = blobFile(place.blobs, key);
  await rm(file, { force: true });
  await rm(sidecarFile(file), { force: true });
}

/** Runs work that may ask for a folder for its unfinished files, which is removed with all that is left in it. */
async function withFolder<Result>(
  { workFolders }: Place,
  work: (makeFolder: () => Promise<string>) => Promise<Result>,
): Promise<Result> {
  let folder: string | undefined;
  try {
    return await work(async () => {
      folder ??= await workFolders.create('put');
      return folder;
    });
  } finally {
    if (folder !== undefined) await workFolders.remove(folder);
  }
}

interface FailedPut {
  readonly key: string;
  readonly sizeBytes: number;
  readonly directory: string;
}

async function explainFullDisk(error: unknown, { key, sizeBytes, directory }: FailedPut): Promise<unknown> {
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
