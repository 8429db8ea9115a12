import type { Chapter } from '../timeline/chapters.ts';
import type { Box } from './mp4-box-tree.ts';
import { truncateUtf8 } from './truncate-utf8.ts';

interface ChapterTrack {
  readonly chapters: readonly Chapter[];
  readonly dataPosition: number;
  /** Three letters. */
  readonly language: string;
  readonly trackId: number;
  readonly movieTimescale: number;
  readonly movieDuration: number;
}

/**
 * A track of text in the old QuickTime form, which is what players look for behind a `chap` reference. It is switched
 * off, so that nobody shows it as subtitles. Layout: QuickTime File Format Specification, "Text Media".
 */
export function chapterTrack(track: ChapterTrack): Box {
  const times = track.chapters.map(({ startSeconds }) => Math.round(startSeconds * ticksPerSecond));
  const end = Math.round((track.movieDuration / track.movieTimescale) * ticksPerSecond);
  const durations = times.map((time, index) => Math.max(1, (times[index + 1] ?? end) - time));
  return list('trak', [
    box('tkhd', trackHeader(track)),
    list('mdia', [
      box('mdhd', mediaHeader(durations, track.language)),
      box('hdlr', Buffer.concat([words(0, 0), latin1('text'), words(0, 0, 0), latin1('Chapters\0')])),
      list('minf', [textHeader, dataReference, sampleTable(track, durations)]),
    ]),
  ]);
}

/** The titles as the samples of a text track: each with its length before it, and a mark that it is UTF-8. */
export function chapterSamples(chapters: readonly Chapter[]): Buffer[] {
  return chapters.map(({ title }) => {
    const text = truncateUtf8(title, 1_000);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(text.length);
    return Buffer.concat([length, text, utf8Mark]);
  });
}

const utf8Mark = Buffer.from('0000000c656e636400000100', 'hex');

const ticksPerSecond = 1000;

function trackHeader({ trackId, movieDuration }: ChapterTrack): Buffer {
  // Flag 2: part of the movie, but not switched on.
  return Buffer.concat([words(2, 0, 0, trackId, 0, movieDuration, 0, 0, 0, 0), identityMatrix, words(0, 0)]);
}

function mediaHeader(durations: readonly number[], language: string): Buffer {
  const duration = durations.reduce((sum, one) => sum + one, 0);
  return Buffer.concat([words(0, 0, 0, ticksPerSecond, duration), packedLanguage(language), halves(0)]);
}

/** Five bits a letter. */
function packedLanguage(language: string): Buffer {
  return halves([...language].reduce((packed, letter) => (packed << 5) | (letter.charCodeAt(0) - 0x60), 0));
}

function sampleTable({ chapters, dataPosition }: ChapterTrack, durations: readonly number[]): Box {
  const count = chapters.length;
  const sizes = chapterSamples(chapters).map(({ length }) => length);
  return list('stbl', [
    box('stsd', Buffer.concat([words(0, 1), textDescription])),
    box('stts', words(0, count, ...durations.flatMap((duration) => [1, duration]))),
    box('stsc', words(0, 1, 1, count, 1)),
    box('stsz', words(0, 0, count, ...sizes)),
    box('stco', words(0, 1, dataPosition)),
  ]);
}

function box(type: string, content: Buffer): Box {
  return { type, content };
}

function list(type: string, content: readonly Box[]): Box {
  return { type, content };
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Numbers of 32 bits. */
function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/** Numbers of 16 bits. */
function halves(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}

const identityMatrix = words(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** How text media is drawn; nothing of it is seen. */
const textHeader = list('gmhd', [
  box('gmin', Buffer.concat([words(0), halves(0x40, 0x8000, 0x8000, 0x8000, 0, 0)])),
  box('text', Buffer.concat([halves(1), words(0, 0, 0, 1, 0, 0, 0, 0x4000), halves(0)])),
]);

/** The samples are in this very file. */
const dataReference = list('dinf', [box('dref', Buffer.concat([words(0, 1, 12), latin1('url '), words(1)]))]);

/** A sample entry of kind `text`: 16 bytes that every entry has, then colours, a box and a font, all nothing. */
const textDescription = Buffer.concat([words(60), latin1('text'), words(0), halves(0, 1), Buffer.alloc(44)]);
