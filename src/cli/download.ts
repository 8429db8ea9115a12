import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { type Artifact, AuraError } from '../protocol/index.ts';
import type { JobHandle } from '../sdk/index.ts';

interface Download {
  readonly handle: JobHandle;
  readonly artifact: Artifact;
  /** Absolute path; replaced when it exists. */
  readonly target: string;
  readonly signal: AbortSignal;
}

/**
 * Fetches one file of a completed job. It appears under its name only whole, with the hash the job says; what is unfinished
 * is removed.
 *
 * @throws {AuraError} server_unreachable when it arrived damaged, disk_full; the signal's reason.
 */
export async function download({ handle, artifact, target, signal }: Download): Promise<void> {
  const temporary = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    const sha256 = await writeTo(temporary, await handle.download(artifact.name, { signal }));
    if (sha256 !== artifact.sha256) {
      throw new AuraError('server_unreachable', `${artifact.name} arrived damaged.`);
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    signal.throwIfAborted();
    throw explained(error, target);
  }
}

async function writeTo(file: string, stream: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  await using handle = await open(file, 'wx');
  for await (const part of stream) {
    hash.update(part);
    await handle.writeFile(part);
  }
  await handle.sync();
  return hash.digest('hex');
}

function explained(error: unknown, target: string): unknown {
  if (error instanceof AuraError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC')
    return new AuraError('disk_full', `There is no room for ${target}.`, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new AuraError('server_unreachable', `${target} could not be fetched: ${reason}.`, { cause: error });
}
