import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { type Asset, AuraError } from '../protocol/index.ts';
import { isSvg, svgStartBytes } from './sniff-svg.ts';
import { timingType } from './sniff-timing.ts';

export interface SniffedAsset {
  readonly kind: Asset['kind'];
  readonly contentType: string;
}

/**
 * What a file is, by its content and never by its name. It has looked at the beginning only: the file may still be broken,
 * and a video may turn out to hold nothing but sound.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} asset_empty, asset_unsupported.
 */
export async function sniffAsset(file: string, name = basename(file)): Promise<SniffedAsset> {
  const { size } = await stat(file);
  if (size === 0) throw empty(name);
  const type = await fileTypeFromFile(file);
  return supported({ ending: type?.ext, contentType: type?.mime, start: await readStart(file) }, name);
}

/** The same for bytes in memory. */
export async function sniffBytes(bytes: Uint8Array, name: string): Promise<SniffedAsset> {
  if (bytes.length === 0) throw empty(name);
  const type = await fileTypeFromBuffer(bytes);
  return supported(
    { ending: type?.ext, contentType: type?.mime, start: bytes.subarray(0, svgStartBytes) },
    name,
  );
}

/** What Aura opens, by the endings file-type names it with (its MIME types put MP1, which UTF-16 text looks like, to MP3). */
const supportedTypes: Readonly<Record<string, SniffedAsset>> = {
  jpg: { kind: 'picture', contentType: 'image/jpeg' },
  png: { kind: 'picture', contentType: 'image/png' },
  apng: { kind: 'picture', contentType: 'image/png' },
  webp: { kind: 'picture', contentType: 'image/webp' },
  gif: { kind: 'picture', contentType: 'image/gif' },
  avif: { kind: 'picture', contentType: 'image/avif' },
  mp3: { kind: 'audio', contentType: 'audio/mpeg' },
  wav: { kind: 'audio', contentType: 'audio/wav' },
  flac: { kind: 'audio', contentType: 'audio/flac' },
  oga: { kind: 'audio', contentType: 'audio/ogg' },
  ogg: { kind: 'audio', contentType: 'audio/ogg' },
  opus: { kind: 'audio', contentType: 'audio/ogg' },
  m4a: { kind: 'audio', contentType: 'audio/mp4' },
  mp4: { kind: 'video', contentType: 'video/mp4' },
  m4v: { kind: 'video', contentType: 'video/mp4' },
  mov: { kind: 'video', contentType: 'video/quicktime' },
  webm: { kind: 'video', contentType: 'video/webm' },
  mkv: { kind: 'video', contentType: 'video/matroska' },
  ttf: { kind: 'font', contentType: 'font/ttf' },
  otf: { kind: 'font', contentType: 'font/otf' },
  woff: { kind: 'font', contentType: 'font/woff' },
  woff2: { kind: 'font', contentType: 'font/woff2' },
  vtt: { kind: 'timing', contentType: 'text/vtt' },
};

interface Found {
  readonly ending: string | undefined;
  readonly contentType: string | undefined;
  readonly start: Uint8Array;
}

function supported({ ending, contentType, start }: Found, name: string): SniffedAsset {
  const known = ending === undefined || ending === 'xml' ? textAsset(start) : supportedTypes[ending];
  if (known !== undefined) return known;
  const found = contentType ?? (textOf(start) === undefined ? 'of an unknown kind' : 'text');
  const packed = ending === 'gz' ? 'Unpack it first. ' : '';
  throw new AuraError('asset_unsupported', `“${name}” is ${found}. ${packed}${possible}`);
}

const possible =
  'Pictures may be JPEG, PNG, WebP, GIF, AVIF or SVG, videos MP4, MOV, WebM or MKV, sounds MP3, WAV, FLAC, Ogg, M4A or WebM, ' +
  'fonts TTF, OTF, WOFF or WOFF2, timings WebVTT, SRT or JSON.';

function textAsset(start: Uint8Array): SniffedAsset | undefined {
  if (isSvg(start)) return { kind: 'picture', contentType: 'image/svg+xml' };
  const timing = timingType(textOf(start) ?? '');
  return timing === undefined ? undefined : { kind: 'timing', contentType: timing };
}

function empty(name: string): AuraError {
  return new AuraError('asset_empty', `“${name}” is empty: it has no bytes at all.`);
}

async function readStart(file: string): Promise<Uint8Array> {
  await using handle = await open(file, 'r');
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(svgStartBytes), 0, svgStartBytes, 0);
  return buffer.subarray(0, bytesRead);
}

/** Undefined when there are control characters but white space, or when it is not UTF-8 (but for its cut-off end). */
function textOf(start: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(start, { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text) ? undefined : text;
}
