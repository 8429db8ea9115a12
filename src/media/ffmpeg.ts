import { AV_LOG_FATAL } from 'node-av/constants';
import { FFmpegError, Log, PosixError } from 'node-av/lib';
import { AuraError, type ErrorCode } from '../protocol/index.ts';

/**
 * Returns FFmpeg's result code when it is not an error.
 *
 * @throws {AuraError} disk_full when the disk is full; {Error} naming the operation otherwise.
 */
export function check(code: number, operation: string): number {
  if (code >= 0) return code;
  const detail = `${operation}: ${FFmpegError.strerror(code)}`;
  if (code === FFmpegError.AVERROR(PosixError.ENOSPC)) throw new AuraError('disk_full', detail);
  throw new Error(detail);
}

/**
 * Runs native work. What it throws becomes an AuraError of the given code, unless it is one already; after an abort
 * the signal's own reason is thrown, whatever broke because of it.
 */
export async function failingAs<T>(
  { code, signal }: { readonly code: ErrorCode; readonly signal?: AbortSignal | undefined },
  work: () => Promise<T>,
): Promise<T> {
  // Everything that matters comes back as a result code; FFmpeg's own lines on stderr would only be noise.
  Log.setLevel(AV_LOG_FATAL);
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AuraError) throw error;
    if (isDiskFull(error)) throw new AuraError('disk_full', error.message, { cause: error });
    throw new AuraError(code, error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function isDiskFull(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

/** A value FFmpeg is documented to return here. @throws {Error} when it does not. */
export function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`FFmpeg has no ${what}`);
  return value;
}
