import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sidecarFile } from './blob-key.ts';
import type { StoredBlob } from './contract.ts';
import { errorCode, hashFile, replaceFile, writeDurably } from './durable-files.ts';

/** What a blob's sidecar keeps of it, so that nobody has to read it again to know. */
export type BlobDescription = Pick<StoredBlob, 'sizeBytes' | 'sha256'>;

export type BlobState =
  | { readonly kind: 'missing' | 'damaged' }
  | { readonly kind: 'whole'; readonly description: BlobDescription };

/**
 * Compares a blob with its sidecar: `damaged` when the size differs or the sidecar cannot be read. A blob without one is
 * whole, for it comes first: its writer was killed in between. It is described now.
 *
 * @param makeFolder gives a folder for unfinished files, on the same disk.
 */
export async function checkBlob(blob: string, makeFolder: () => Promise<string>): Promise<BlobState> {
  const sizeBytes = await sizeOf(blob);
  if (sizeBytes === undefined) return { kind: 'missing' };
  const sidecar = await readSidecar(blob);
  if (sidecar === 'unreadable') return { kind: 'damaged' };
  if (sidecar !== undefined) {
    return sidecar.sizeBytes === sizeBytes ? { kind: 'whole', description: sidecar } : { kind: 'damaged' };
  }
  const description = { sizeBytes, sha256: await hashFile(blob) };
  await writeSidecar(blob, description, await makeFolder());
  return { kind: 'whole', description };
}

/** @param folder for the unfinished file, on the same disk. */
export async function writeSidecar(
  blob: string,
  description: BlobDescription,
  folder: string,
): Promise<void> {
  const temporary = join(folder, `${randomUUID()}.json`);
  await writeDurably(temporary, Buffer.from(JSON.stringify(description)));
  await replaceFile(temporary, sidecarFile(blob));
}

const sidecarSchema = z.strictObject({
  sizeBytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

async function readSidecar(blob: string): Promise<BlobDescription | 'unreadable' | undefined> {
  try {
    return sidecarSchema.parse(JSON.parse(await readFile(sidecarFile(blob), 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 'unreadable';
    throw error;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
