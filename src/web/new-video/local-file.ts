import { type Asset, limits } from '../../protocol/index.ts';
import { sizeInWords } from '../words/size-in-words.ts';

/** A file the reader dropped: still in the browser, uploaded when the video is exported. */
export interface LocalFile {
  readonly name: string;
  readonly kind: Asset['kind'];
  readonly file: File;
  /** An object URL to show a picture by, good until the page is left; undefined for everything else. */
  readonly url: string | undefined;
}

/** What the file picker offers: scripts, and the kinds of files the server reads. */
export const acceptedFiles = [
  '.md,.markdown,.txt',
  'image/png,image/jpeg,image/webp,image/gif,image/avif,image/svg+xml',
  '.mp3,.wav,.flac,.ogg,.opus,.m4a',
  '.mp4,.mov,.m4v,.webm,.mkv',
  '.ttf,.otf,.woff,.woff2',
  '.vtt,.srt,.json',
].join(',');

export interface RefusedFile {
  readonly name: string;
  readonly reason: string;
}

/** What was dropped, sorted: the text of a script, files to use in it, and files nobody can use. */
export interface Dropped {
  readonly script: string | undefined;
  readonly files: readonly LocalFile[];
  readonly refused: readonly RefusedFile[];
}

export async function readDropped(dropped: readonly File[]): Promise<Dropped> {
  const isScript = (file: File) => /\.(md|markdown|txt)$/i.test(file.name);
  const scriptFile = dropped.find(isScript);
  const script = scriptFile === undefined ? undefined : await readScript(scriptFile);
  const media = await Promise.all(dropped.filter((file) => !isScript(file)).map(readMedia));
  const all = script === undefined ? media : [script, ...media];
  return {
    script: typeof script === 'string' ? script : undefined,
    files: all.filter((one) => typeof one === 'object' && 'file' in one),
    refused: all.filter((one) => typeof one === 'object' && 'reason' in one),
  };
}

async function readScript(file: File): Promise<string | RefusedFile> {
  if (file.size <= limits.scriptBytes) return file.text();
  return { name: file.name, reason: `longer than a script may be (${sizeInWords(limits.scriptBytes)})` };
}

async function readMedia(file: File): Promise<LocalFile | RefusedFile> {
  const { name } = file;
  if (file.size > limits.assetBytes) {
    return { name, reason: `larger than a file may be (${sizeInWords(limits.assetBytes)})` };
  }
  const kind = unseenKind(file);
  if (kind !== undefined) return { name, kind, file, url: undefined };
  const url = URL.createObjectURL(file);
  if (/^image\/(png|jpeg|webp|gif|avif|svg\+xml)$/.test(file.type) && (await canDecode(url))) {
    return { name, kind: 'picture', file, url };
  }
  URL.revokeObjectURL(url);
  return { name, reason: 'not a picture or sound that can be read' };
}

/** Kinds the page does not show; the server looks into them. Browsers do not know the types of all of these. */
function unseenKind({ name, type }: File): LocalFile['kind'] | undefined {
  if (type.startsWith('video/') || /\.(mp4|mov|m4v|webm|mkv)$/i.test(name)) return 'video';
  if (type.startsWith('audio/')) return 'audio';
  if (/\.(ttf|otf|woff2?)$/i.test(name)) return 'font';
  return /\.(vtt|srt|json)$/i.test(name) ? 'timing' : undefined;
}

async function canDecode(url: string): Promise<boolean> {
  const image = new Image();
  image.src = url;
  return image.decode().then(
    () => true,
    () => false,
  );
}

/** The list with files of the same name replaced. */
export function addFiles(files: readonly LocalFile[], added: readonly LocalFile[]): readonly LocalFile[] {
  const names = new Set(added.map((file) => file.name));
  return [...files.filter((file) => !names.has(file.name)), ...added];
}
