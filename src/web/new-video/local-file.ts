/** A file the reader dropped: still in the browser, uploaded when the video is exported. */
export interface LocalFile {
  readonly name: string;
  readonly kind: 'picture' | 'audio';
  readonly file: File;
  /** An object URL to show a picture by, good until the page is left; undefined for sounds. */
  readonly url: string | undefined;
}

/** What the file picker offers: scripts, and the kinds of pictures and sounds the server reads. */
export const acceptedFiles =
  '.md,.markdown,.txt,image/png,image/jpeg,image/webp,image/gif,.mp3,.wav,.flac,.ogg,.m4a';

/** What was dropped, sorted: the text of a script, files to use in it, and names of files nobody can use. */
export interface Dropped {
  readonly script: string | undefined;
  readonly files: readonly LocalFile[];
  readonly refused: readonly string[];
}

export async function readDropped(dropped: readonly File[]): Promise<Dropped> {
  const script = dropped.find((file) => /\.(md|markdown|txt)$/i.test(file.name));
  const media = dropped.filter((file) => file !== script);
  const read = await Promise.all(media.map(readMedia));
  return {
    script: await script?.text(),
    files: read.filter((file) => file !== undefined),
    refused: media.filter((_, index) => read[index] === undefined).map((file) => file.name),
  };
}

/** Undefined when it is neither a sound nor a picture this browser can decode. */
async function readMedia(file: File): Promise<LocalFile | undefined> {
  if (file.type.startsWith('audio/')) return { name: file.name, kind: 'audio', file, url: undefined };
  if (!/^image\/(png|jpeg|webp|gif)$/.test(file.type)) return undefined;
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { name: file.name, kind: 'picture', file, url };
  } catch {
    // Not a picture in spite of its name: the caller lists it as refused.
    URL.revokeObjectURL(url);
    return undefined;
  }
}

/** The list with files of the same name replaced. */
export function addFiles(files: readonly LocalFile[], added: readonly LocalFile[]): readonly LocalFile[] {
  const names = new Set(added.map((file) => file.name));
  return [...files.filter((file) => !names.has(file.name)), ...added];
}
