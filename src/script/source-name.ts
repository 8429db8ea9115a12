import { cleanText } from './clean-text.ts';

/**
 * The source a script's address stands for: an http(s) URL or an asset as it is, otherwise the name of a file beside
 * the script, as the file system has it (`./my%20picture.jpg` is `my picture.jpg`). Undefined for what is neither: a
 * path from the root, another scheme.
 */
export function pictureOrSoundName(address: string): string | undefined {
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

function decoded(text: string): string {
  try {
    return cleanText(decodeURIComponent(text));
  } catch {
    // A plain % in a file's name: it was not percent-encoded at all.
    return text;
  }
}
