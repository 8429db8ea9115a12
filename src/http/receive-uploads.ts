import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { AuraError } from '../protocol/index.ts';

export interface ReceivedUpload {
  /** Local path. */
  readonly file: string;
  /** As the client calls it, without folders. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Streams every file of a multipart request into `folder`, never holding one in memory.
 *
 * @throws {AuraError} asset_empty, asset_too_large, body_invalid without a file, request_malformed.
 */
export async function receiveUploads(request: FastifyRequest, folder: string): Promise<ReceivedUpload[]> {
  const uploads: ReceivedUpload[] = [];
  try {
    for await (const part of request.files()) uploads.push(await receiveUpload(part, folder));
  } catch (error) {
    throw isUnreadable(error) ? new AuraError('request_malformed', error.message, { cause: error }) : error;
  }
  if (uploads.length === 0) throw new AuraError('body_invalid', 'The request holds no file.');
  return uploads;
}

/** The multipart parser's complaints are plain errors, told apart by their words only. */
function isUnreadable(error: unknown): error is Error {
  return error instanceof Error && !('code' in error) && /multipart|boundary/i.test(error.message);
}

async function receiveUpload(part: MultipartFile, folder: string): Promise<ReceivedUpload> {
  const file = join(folder, randomUUID());
  const name = nameOf(part);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* measured(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      yield chunk;
    }
  }
  await pipeline(part.file, measured, createWriteStream(file, { flags: 'wx' }));
  if (part.file.truncated) {
    throw new AuraError('asset_too_large', `"${name}" has more than ${sizeBytes} bytes.`, {
      place: { field: name },
    });
  }
  if (sizeBytes === 0)
    throw new AuraError('asset_empty', `"${name}" has 0 bytes.`, { place: { field: name } });
  return { file, name, sizeBytes, sha256: hash.digest('hex') };
}

/** Browsers may send a path; the name is what people know the file by. */
function nameOf({ filename }: MultipartFile): string {
  const name = (filename ?? '').split(/[/\\]/).at(-1)?.trim().toWellFormed().replaceAll('\0', '') ?? '';
  return name === '' ? 'file' : name.slice(0, 255);
}
