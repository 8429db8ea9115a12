import { type FileHandle, open } from 'node:fs/promises';

/** A stretch of a WebM: its kind, and where it is in the file. */
export interface WebmElement {
  /** As in the Matroska specification, with the length marker, e.g. 0x1f43b675 for a cluster. */
  readonly id: number;
  /** Of the first byte of its id. */
  readonly position: number;
  /** Id and size. */
  readonly headerBytes: number;
  /** Without the header. */
  readonly contentBytes: number;
}

/** The ids this project needs, from https://www.matroska.org/technical/elements.html. */
export const webmIds = {
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  void: 0xec,
  tracks: 0x1654ae6b,
  cues: 0x1c53bb6b,
  cluster: 0x1f43b675,
  chapters: 0x1043a770,
  edition: 0x45b9,
  chapterAtom: 0xb6,
  chapterUid: 0x73c4,
  chapterStart: 0x91,
  chapterEnd: 0x92,
  chapterDisplay: 0x80,
  chapterString: 0x85,
  chapterLanguage: 0x437c,
} as const;

export interface WebmSegment {
  readonly segment: WebmElement;
  /** What lies directly in the segment, in order. */
  readonly elements: readonly WebmElement[];
}

/** The outline of a WebM. @throws {Error} when an element reaches beyond what it is in. */
export async function readWebmSegment(file: string): Promise<WebmSegment> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  const outermost = await readElements(handle, { start: 0, end: size });
  const segment = outermost.find(({ id }) => id === webmIds.segment);
  if (segment === undefined) throw new Error('the file has no segment');
  const start = segment.position + segment.headerBytes;
  return { segment, elements: await readElements(handle, { start, end: start + segment.contentBytes }) };
}

async function readElements(
  handle: FileHandle,
  { start, end }: { start: number; end: number },
): Promise<WebmElement[]> {
  const elements: WebmElement[] = [];
  const header = Buffer.alloc(12);
  for (let position = start; position < end; ) {
    await handle.read(header, 0, header.length, position);
    const idBytes = leadingZeros(header[0] ?? 0) + 1;
    const sizeBytes = leadingZeros(header[idBytes] ?? 0) + 1;
    if (idBytes > 4 || sizeBytes > 8) throw new Error(`no element begins at byte ${position}`);
    const id = header.readUIntBE(0, idBytes);
    const contentBytes = unmarked(header.subarray(idBytes, idBytes + sizeBytes));
    const headerBytes = idBytes + sizeBytes;
    if (position + headerBytes + contentBytes > end)
      throw new Error(`an element at byte ${position} is cut off`);
    elements.push({ id, position, headerBytes, contentBytes });
    position += headerBytes + contentBytes;
  }
  return elements;
}

/** Of a byte: how many bytes follow it in a number of variable length. */
function leadingZeros(byte: number): number {
  return Math.clz32(byte) - 24;
}

/** A number of variable length without the bit that marks its length. */
function unmarked(bytes: Buffer): number {
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return Number(value & ((1n << BigInt(7 * bytes.length)) - 1n));
}
