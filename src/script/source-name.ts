import type { assetKinds } from '../protocol/index.ts';
import { cleanText } from './clean-text.ts';

export type SourceKind = (typeof assetKinds)[number];

/**
 * The source a script's address stands for: an http(s) URL or an asset as it is, otherwise the name of a file beside
 * the script, as the file system has it (`./my%20picture.jpg` is `my picture.jpg`). Undefined for what is neither: a
 * path from the root, another scheme.
 */
export function sourceName(address: string): string | undefined {
  const text = cleanText(address);
  if (text === '' || text.length > 2_000) return undefined;
  if (/^https?:\/\/[^/]/i.test(text) || /^asset:[0-9a-f]{64}$/.test(text)) return text;
  const name = decoded(text).replace(/^(?:\.\/)+/, '');
  const isRelative = !/^(?:[a-z][a-z0-9+.-]*:|[/\\])/i.test(name);
  return isRelative && name !== '' ? name : undefined;
}

/** Whether it is a name that has to be given a file, by the page, the CLI or the request. */
export function isFileName(source: string): boolean {
  return !/^(?:https?:\/\/|asset:)/i.test(source);
}

/** What an image of a script shows, by the ending of its name; undefined when the name does not tell. */
export function shownKind(source: string): 'picture' | 'video' | undefined {
  const path = isFileName(source) ? source : source.replace(/[?#].*$/s, '');
  const ending = /\.([a-z0-9]{2,5})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  if (videoEndings.includes(ending)) return 'video';
  return pictureEndings.includes(ending) ? 'picture' : undefined;
}

const videoEndings: readonly string[] = ['mp4', 'mov', 'webm', 'mkv', 'm4v'];
const pictureEndings: readonly string[] = ['jpg', 'jpeg', 'png', 'apng', 'webp', 'gif', 'avif', 'svg'];

function decoded(text: string): string {
  try {
    return cleanText(decodeURIComponent(text));
  } catch {
    // A plain % in a file's name: it was not percent-encoded at all.
    return text;
  }
}
