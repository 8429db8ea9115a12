import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuraError } from '../protocol/index.ts';
import type { Storage } from '../storage/contract.ts';
import { parseRange } from './byte-range.ts';

export interface StoredFile {
  readonly key: string;
  readonly sizeBytes: number;
  /** Of its bytes: the strong entity tag. */
  readonly sha256: string;
  readonly contentType: string;
  readonly disposition: string;
  /** Its row in the table when the store does not have it any more. */
  readonly missing: 'artifact_not_found' | 'asset_not_found';
}

/**
 * Answers GET and HEAD with a stored file: Range (one range), If-Range, If-None-Match. The bytes under an address may
 * change when a job is retried, so they are cached but asked for again each time.
 *
 * @throws {AuraError} range_invalid; `file.missing`.
 */
export async function sendStoredFile(
  { storage, request, reply }: { storage: Storage; request: FastifyRequest; reply: FastifyReply },
  file: StoredFile,
): Promise<FastifyReply> {
  if ((await storage.find(file.key)) === undefined) {
    throw new AuraError(file.missing, 'The file is no longer stored.');
  }
  const etag = `"${file.sha256}"`;
  reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' });
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();

  const range = requestedRange(request, etag, file.sizeBytes);
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.sizeBytes}`);
    throw new AuraError('range_invalid', `The file has ${file.sizeBytes} bytes.`);
  }
  const { first, last } = range === 'whole' ? { first: 0, last: file.sizeBytes - 1 } : range;
  if (range !== 'whole') reply.code(206).header('content-range', `bytes ${first}-${last}/${file.sizeBytes}`);
  reply.header('content-length', last - first + 1);
  reply.header('content-disposition', file.disposition).type(file.contentType);

  const path = await storage.localPath(file.key);
  if (request.method === 'HEAD' || last < first) return reply.send();
  return reply.send(createReadStream(path, { start: first, end: last }));
}

/** `If-None-Match` compares weakly and takes a list (RFC 9110, 13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

/** Ranges are for GET; `If-Range` with another tag (or a date: we give none) means the whole file. */
function requestedRange({ method, headers }: FastifyRequest, etag: string, sizeBytes: number) {
  const ifRange = headers['if-range'];
  if (method !== 'GET' || (ifRange !== undefined && ifRange !== etag)) return 'whole';
  return parseRange(headers.range, sizeBytes);
}
