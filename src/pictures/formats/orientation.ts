import { type Canvas, createCanvas, type Image } from '@napi-rs/canvas';

/** How stored pixels become the picture that is seen: turned first, then mirrored. */
export interface Orientation {
  /** Clockwise, each a quarter of a circle: 0 to 3. */
  readonly quarterTurns: number;
  /** Left and right are exchanged. */
  readonly isMirrored: boolean;
}

/** A picture as it is seen. */
export function turnPicture(image: Image | Canvas, { quarterTurns, isMirrored }: Orientation): Canvas {
  const isSideways = quarterTurns % 2 === 1;
  const [width, height] = isSideways ? [image.height, image.width] : [image.width, image.height];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingEnabled = false;
  context.translate(width / 2, height / 2);
  if (isMirrored) context.scale(-1, 1);
  for (let turn = 0; turn < quarterTurns; turn += 1) context.transform(0, 1, -1, 0, 0, 0);
  context.drawImage(image, -image.width / 2, -image.height / 2);
  return canvas;
}

/**
 * What EXIF data says of a picture's orientation (CIPA DC-008, tag 274); undefined where it says nothing that can be
 * understood.
 *
 * @param exif a TIFF structure, as it stands in a PNG's or WebP's chunk; some programs put JPEG's mark in front.
 */
export function readExifOrientation(exif: Buffer): Orientation | undefined {
  const hasMark = exif.toString('latin1', 0, exifMark.length) === exifMark;
  const tiff = hasMark ? exif.subarray(exifMark.length) : exif;
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 8 || (order !== 'MM' && order !== 'II')) return undefined;
  const reader = numberReader(tiff, order === 'II');
  const directory = reader.uint32(4);
  for (let entry = 0; entry < reader.uint16(directory); entry += 1) {
    const at = directory + 2 + entry * entryBytes;
    if (reader.uint16(at) === orientationTag) return exifOrientations[reader.uint16(at + 8) - 1];
  }
  return undefined;
}

export const exifMark = 'Exif\0\0';
const orientationTag = 274;
const entryBytes = 12;

/** Numbers that lie outside are 0: then there is no entry, or it says nothing. */
function numberReader(bytes: Buffer, isLittleEndian: boolean) {
  const has = (at: number, count: number) => at + count <= bytes.length;
  return {
    uint16: (at: number) =>
      !has(at, 2) ? 0 : isLittleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at),
    uint32: (at: number) =>
      !has(at, 4) ? 0 : isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at),
  };
}

/** By the standard's number, from 1. */
const exifOrientations: readonly Orientation[] = [
  { quarterTurns: 0, isMirrored: false },
  { quarterTurns: 0, isMirrored: true },
  { quarterTurns: 2, isMirrored: false },
  { quarterTurns: 2, isMirrored: true },
  { quarterTurns: 1, isMirrored: true },
  { quarterTurns: 1, isMirrored: false },
  { quarterTurns: 3, isMirrored: true },
  { quarterTurns: 3, isMirrored: false },
];
