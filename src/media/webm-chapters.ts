import { open } from 'node:fs/promises';
import type { Chapter } from '../timeline/chapters.ts';
import { readWebmSegment, type WebmElement, webmIds } from './webm-elements.ts';

/**
 * Adds chapters to a finished WebM, at its end, and names them in the list of contents at its start: nothing else moves.
 *
 * @param language ISO 639-2, three letters.
 * @throws {Error} when the file has no room left in its list of contents, which this project's writer always leaves.
 */
export async function addWebmChapters(
  file: string,
  {
    chapters,
    language = 'und',
  }: { readonly chapters: readonly Chapter[]; readonly language?: string | undefined },
): Promise<void> {
  if (chapters.length === 0) return;
  const { segment, elements } = await readWebmSegment(file);
  const [seekHead, room] = elements;
  if (seekHead?.id !== webmIds.seekHead || room?.id !== webmIds.void) throw new Error('no room for chapters');
  const contentStart = segment.position + segment.headerBytes;
  const added = chaptersElement(chapters, language);
  await using handle = await open(file, 'r+');
  const entries = Buffer.alloc(seekHead.contentBytes);
  await handle.read(entries, 0, entries.length, seekHead.position + seekHead.headerBytes);
  const contents = contentsList(entries, { at: segment.contentBytes, size: sizeOf(seekHead) + sizeOf(room) });
  await handle.write(added, 0, added.length, contentStart + segment.contentBytes);
  await handle.write(contents, 0, contents.length, seekHead.position);
  const size = eightByteSize(segment.contentBytes + added.length);
  await handle.write(size, 0, size.length, contentStart - size.length);
}

function sizeOf({ headerBytes, contentBytes }: WebmElement): number {
  return headerBytes + contentBytes;
}

/** The list of contents with the chapters in it, filled up to the room there is. @param at counts from the segment's content. */
function contentsList(entries: Buffer, { at, size }: { at: number; size: number }): Buffer {
  const entry = element(
    webmIds.seek,
    element(webmIds.seekId, unsigned(webmIds.chapters)),
    element(webmIds.seekPosition, unsigned(at)),
  );
  const list = element(webmIds.seekHead, entries, entry);
  const restBytes = size - list.length - emptyVoidBytes;
  if (restBytes < 0) throw new Error('no room for chapters in the list of contents');
  const rest = Buffer.concat([unsigned(webmIds.void), eightByteSize(restBytes), Buffer.alloc(restBytes)]);
  return Buffer.concat([list, rest]);
}

const emptyVoidBytes = 9;

function chaptersElement(chapters: readonly Chapter[], language: string): Buffer {
  const atoms = chapters.map(({ title, startSeconds, endSeconds }, index) =>
    element(
      webmIds.chapterAtom,
      element(webmIds.chapterUid, unsigned(index + 1)),
      element(webmIds.chapterStart, unsigned(Math.round(startSeconds * nanoseconds))),
      element(webmIds.chapterEnd, unsigned(Math.round(endSeconds * nanoseconds))),
      element(
        webmIds.chapterDisplay,
        element(webmIds.chapterString, Buffer.from(title)),
        element(webmIds.chapterLanguage, Buffer.from(language)),
      ),
    ),
  );
  return element(webmIds.chapters, element(webmIds.edition, ...atoms));
}

const nanoseconds = 1_000_000_000;

function element(id: number, ...content: readonly Buffer[]): Buffer {
  const contentBytes = content.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([unsigned(id), eightByteSize(contentBytes), ...content]);
}

/** In as few bytes as it needs, at least one. */
function unsigned(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

/** A size in its longest form: the first byte only says that seven follow. */
function eightByteSize(bytes: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(bytes) | (1n << 56n));
  return size;
}
