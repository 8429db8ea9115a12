import { type FileHandle, open } from 'node:fs/promises';
import type { Chapter } from '../timeline/chapters.ts';
import { type Box, parseBoxes, serialiseBox } from './mp4-box-tree.ts';
import { type Mp4Box, readMp4Boxes } from './mp4-boxes.ts';
import { chapterSamples } from './mp4-chapter-track.ts';
import { withChapters } from './mp4-chapters.ts';
import { forMovedData } from './mp4-offsets.ts';

export interface PlaceIndexRequest {
  /** An MP4 whose index is its last box: as the muxer leaves it. */
  readonly file: string;
  /** None when empty. */
  readonly chapters: readonly Chapter[];
  /** Of the chapters, ISO 639-2. */
  readonly language?: string | undefined;
}

/**
 * Moves the index before the data, so that playing can start before all of it has arrived, and adds chapters to it. The
 * file is changed where it is: it needs no second copy on the disk, and is broken until this has ended.
 */
export async function placeIndexFirst({ file, chapters, language }: PlaceIndexRequest): Promise<void> {
  const { start, moovPosition, moovBytes } = outline(await readMp4Boxes(file));
  await using handle = await open(file, 'r+');
  const written = Buffer.alloc(moovBytes);
  await handle.read(written, 0, moovBytes, moovPosition);
  const texts = serialiseBox({ type: 'mdat', content: Buffer.concat(chapterSamples(chapters)) });
  const moov = onlyBox(parseBoxes(written));
  const dataPosition = moovPosition + 8;
  const full = chapters.length > 0 ? withChapters(moov, { chapters, dataPosition, language }) : moov;
  const dataEnd = chapters.length > 0 ? moovPosition + texts.length : moovPosition;
  if (chapters.length > 0) await handle.write(texts, 0, texts.length, moovPosition);
  await handle.truncate(dataEnd);
  const index = serialiseBox(forMovedData(full, { fileBytes: dataEnd }));
  await moveUp(handle, { start, end: dataEnd, distance: index.length });
  await handle.write(index, 0, index.length, start);
}

/** Where the data begins (after the first box, which names the format) and where the index is. */
function outline(boxes: readonly Mp4Box[]): { start: number; moovPosition: number; moovBytes: number } {
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (first?.type !== 'ftyp' || last?.type !== 'moov') throw new Error('the index is not at the end');
  const fileBytes = boxes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { start: first.sizeBytes, moovPosition: fileBytes - last.sizeBytes, moovBytes: last.sizeBytes };
}

function onlyBox([box]: readonly Box[]): Box {
  if (box === undefined) throw new Error('the file has no index');
  return box;
}

/** Moves bytes towards the end of the file, the last ones first, so that none is written over before it was read. */
async function moveUp(
  handle: FileHandle,
  { start, end, distance }: { start: number; end: number; distance: number },
): Promise<void> {
  const block = Buffer.alloc(Math.min(blockBytes, end - start));
  for (let top = end; top > start; top -= block.length) {
    const from = Math.max(start, top - block.length);
    await handle.read(block, 0, top - from, from);
    await handle.write(block, 0, top - from, from + distance);
  }
}

const blockBytes = 4_000_000;
