import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isPublicAddress } from '../network/public-address.ts';
import { type AllowAddress, shorten } from '../network/resolve-host.ts';
import { AuraError } from '../protocol/index.ts';
import { openRemote, type RemoteFile } from './open-remote.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly maximumBytes: number;
  /** Where the file is written. */
  readonly folder: string;
  /** Which addresses may be connected to; those of the public internet when absent. */
  readonly allowAddress?: AllowAddress;
  /** How long the other side may take to answer, or may pause. */
  readonly idleSeconds?: number;
  /** How long all of it may take. */
  readonly totalSeconds?: number;
}

/**
 * Fetches a file from the public internet, for which a stranger gave the address.
 *
 * @returns the local file, named by us. What it holds is not looked at.
 * @throws {AuraError} url_refused, fetch_failed (naming the host and what it answered), asset_too_large, disk_full; and
 * the signal's own reason when it is aborted.
 */
export async function fetchRemote(address: string, options: FetchOptions): Promise<string> {
  const { idleSeconds = 20, totalSeconds = 300, allowAddress = isPublicAddress, folder } = options;
  const deadline = AbortSignal.timeout(totalSeconds * 1000);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);
  const file = join(folder, `fetched-${randomUUID()}`);
  try {
    const opened = await openRemote(address, { signal, allowAddress, idleMilliseconds: idleSeconds * 1000 });
    await save(opened, file, options.maximumBytes, signal);
    return file;
  } catch (error) {
    await rm(file, { force: true });
    options.signal?.throwIfAborted();
    if (deadline.aborted) throw tooSlow(address, totalSeconds, error);
    throw explain(error, address);
  }
}

async function save(
  { url, response }: RemoteFile,
  file: string,
  maximumBytes: number,
  signal: AbortSignal,
): Promise<void> {
  const output = createWriteStream(file, { flags: 'wx' });
  try {
    checkHeaders(response, url, maximumBytes);
    const bounded = (body: AsyncIterable<Buffer>) => atMost(body, maximumBytes, url);
    await pipeline(response, bounded, output, { signal });
  } finally {
    response.destroy();
    // An abort may come while the file is being opened: only a closed one can be removed for good.
    if (!output.closed) await once(output.destroy(), 'close');
  }
}

function checkHeaders({ headers }: IncomingMessage, url: URL, maximumBytes: number): void {
  if (Number(headers['content-length'] ?? 0) > maximumBytes) throw tooLarge(url, maximumBytes);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new AuraError('fetch_failed', `${shorten(url)} was sent compressed (${encoding}), unasked.`);
  }
}

async function* atMost(body: AsyncIterable<Buffer>, maximumBytes: number, url: URL): AsyncIterable<Buffer> {
  let total = 0;
  for await (const piece of body) {
    total += piece.length;
    if (total > maximumBytes) throw tooLarge(url, maximumBytes);
    yield piece;
  }
}

function tooLarge(url: URL, maximumBytes: number): AuraError {
  return new AuraError('asset_too_large', `${shorten(url)} has more than ${maximumBytes} bytes.`);
}

function tooSlow(address: string, totalSeconds: number, cause: unknown): AuraError {
  const detail = `${address.slice(0, 200)} was not here after ${totalSeconds} s.`;
  return new AuraError('fetch_failed', detail, { cause });
}

function explain(error: unknown, address: string): AuraError {
  if (error instanceof AuraError) return error;
  const { code = '', message } = error instanceof Error ? systemError(error) : { message: String(error) };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AuraError('disk_full', `There is no room to keep ${address.slice(0, 200)}.`, { cause: error });
  }
  const detail = `${address.slice(0, 200)} could not be fetched: ${message || code}.`;
  return new AuraError('fetch_failed', detail, { cause: error });
}

function systemError(error: Error): { readonly code?: string; readonly message: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { message: error.message, ...(code !== undefined && { code }) };
}
