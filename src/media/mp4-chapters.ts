import type { Chapter } from '../timeline/chapters.ts';
import { type Box, bytesOf, childrenOf, findBox } from './mp4-box-tree.ts';
import { chapterTrack } from './mp4-chapter-track.ts';
import { truncateUtf8 } from './truncate-utf8.ts';

/**
 * An MP4's index with chapters, in both of the ways players know: as a track of text that the picture refers to
 * (QuickTime, Apple's players) and as a list in the file's metadata (Nero's; VLC and others).
 *
 * @param dataPosition Where in the file the bytes of `chapterData` begin.
 */
export function withChapters(
  moov: Box,
  {
    chapters,
    dataPosition,
    language,
  }: {
    readonly chapters: readonly Chapter[];
    readonly dataPosition: number;
    /** ISO 639-2, three letters. */
    readonly language?: string | undefined;
  },
): Box {
  const { trackId, ...clock } = readMovieHeader(bytesOf(moov, 'mvhd'));
  const track = chapterTrack({ chapters, dataPosition, language: language ?? 'und', trackId, ...clock });
  const children = childrenOf(moov).map((box) => {
    if (box.type === 'mvhd') return withNextTrack(box, trackId + 1);
    return isPicture(box) ? referringTo(box, trackId) : box;
  });
  const lastTrack = children.findLastIndex(({ type }) => type === 'trak');
  const withTrack = children.toSpliced(lastTrack + 1, 0, track);
  return { type: 'moov', content: withList(withTrack, chapterList(chapters)) };
}

/** Version 0 and 1 differ in how wide times are. The id of the next track ends both. */
function readMovieHeader(header: Buffer): { movieTimescale: number; movieDuration: number; trackId: number } {
  const isWide = header[0] === 1;
  return {
    movieTimescale: header.readUInt32BE(isWide ? 20 : 12),
    movieDuration: isWide ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16),
    trackId: header.readUInt32BE(header.length - 4),
  };
}

function withNextTrack(mvhd: Box, id: number): Box {
  const header = Buffer.from(bytesOf({ type: '', content: [mvhd] }, 'mvhd'));
  header.writeUInt32BE(id, header.length - 4);
  return { type: 'mvhd', content: header };
}

function isPicture(box: Box): boolean {
  const handler = findBox(box, 'mdia', 'hdlr')?.content;
  return box.type === 'trak' && Buffer.isBuffer(handler) && handler.toString('latin1', 8, 12) === 'vide';
}

function referringTo(track: Box, trackId: number): Box {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(trackId);
  const reference: Box = { type: 'tref', content: [{ type: 'chap', content: id }] };
  const children = childrenOf(track);
  const beforeMedia = children.findIndex(({ type }) => type === 'mdia');
  return { type: 'trak', content: children.toSpliced(beforeMedia, 0, reference) };
}

function withList(children: readonly Box[], list: Box): Box[] {
  const userData = children.find(({ type }) => type === 'udta');
  const others = children.filter(({ type }) => type !== 'udta');
  return [...others, { type: 'udta', content: [...childrenOf(userData), list] }];
}

/** Nero's list: at most 255 chapters of at most 255 bytes, in units of 100 nanoseconds. */
function chapterList(chapters: readonly Chapter[]): Box {
  const listed = chapters.slice(0, 255);
  // Version 1, no flags, four reserved bytes, and how many follow.
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, listed.length]);
  const entries = listed.map(({ title, startSeconds }) => {
    const text = truncateUtf8(title, 255);
    const entry = Buffer.alloc(9);
    entry.writeBigUInt64BE(BigInt(Math.round(startSeconds * 10_000_000)));
    entry.writeUInt8(text.length, 8);
    return Buffer.concat([entry, text]);
  });
  return { type: 'chpl', content: Buffer.concat([head, ...entries]) };
}
