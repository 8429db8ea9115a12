import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type FileTypeResult, fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { type Asset, AuraError } from '../protocol/index.ts';

export interface SniffedAsset {
  readonly kind: Asset['kind'];
  readonly contentType: string;
}

/**
 * What a file is, by its content and never by its name. It has looked at the beginning only: the file may still be broken.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} asset_empty, asset_unsupported.
 */
export async function sniffAsset(file: string, name = basename(file)): Promise<SniffedAsset> {
  const { size } = await stat(file);
  if (size === 0) throw new AuraError('asset_empty', `“${name}” is empty: it has no bytes at all.`);
  const type = await fileTypeFromFile(file);
  return supported(type, name, await readStart(file));
}

/** The same for bytes in memory. */
export async function sniffBytes(bytes: Uint8Array, name: string): Promise<SniffedAsset> {
  if (bytes.length === 0) throw new AuraError('asset_empty', `“${name}” is empty: it has no bytes at all.`);
  const type = await fileTypeFromBuffer(bytes);
  return supported(type, name, bytes.subarray(0, startBytes));
}

const startBytes = 512;

/** What Aura opens, by the endings file-type names it with (its MIME types put MP1, which UTF-16 text looks like, to MP3). */
const supportedTypes: Readonly<Record<string, SniffedAsset>> = {
  jpg: { kind: 'picture', contentType: 'image/jpeg' },
  png: { kind: 'picture', contentType: 'image/png' },
  apng: { kind: 'picture', contentType: 'image/png' },
  webp: { kind: 'picture', contentType: 'image/webp' },
  gif: { kind: 'picture', contentType: 'image/gif' },
  mp3: { kind: 'audio', contentType: 'audio/mpeg' },
  wav: { kind: 'audio', contentType: 'audio/wav' },
  flac: { kind: 'audio', contentType: 'audio/flac' },
  oga: { kind: 'audio', contentType: 'audio/ogg' },
  ogg: { kind: 'audio', contentType: 'audio/ogg' },
  opus: { kind: 'audio', contentType: 'audio/ogg' },
  m4a: { kind: 'audio', contentType: 'audio/mp4' },
  // Many programs give a file with sound alone the brand of MP4 in general. Whether it has sound is found when it is opened.
  mp4: { kind: 'audio', contentType: 'audio/mp4' },
};

function supported(type: FileTypeResult | undefined, name: string, start: Uint8Array): SniffedAsset {
  const known = type === undefined ? undefined : supportedTypes[type.ext];
  if (known !== undefined) return known;
  const found = type?.mime ?? (isText(start) ? 'text' : 'of an unknown kind');
  const detail = `“${name}” is ${found}. Pictures may be JPEG, PNG, WebP or GIF, sounds MP3, WAV, FLAC, Ogg or M4A.`;
  throw new AuraError('asset_unsupported', detail);
}

async function readStart(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(startBytes), 0, startBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** No control characters but white space, and valid UTF-8 (but for a character cut off at the end). */
function isText(start: Uint8Array): boolean {
  const text = new TextDecoder().decode(start, { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text);
}
