import { pngChunk } from './png-files.ts';

/** Says in EXIF data how a picture is to be turned (1 to 8, as the standard numbers them). */
export function exifOrientation(orientation: number, byteOrder: 'MM' | 'II' = 'MM'): Buffer {
  const tiff = Buffer.alloc(26);
  const write = (value: number, at: number, bytes: 2 | 4) =>
    byteOrder === 'MM' ? tiff.writeUIntBE(value, at, bytes) : tiff.writeUIntLE(value, at, bytes);
  tiff.write(byteOrder, 0, 'latin1');
  write(42, 2, 2);
  write(8, 4, 4);
  write(1, 8, 2);
  write(0x0112, 10, 2);
  write(3, 12, 2);
  write(1, 14, 4);
  write(orientation, 18, 2);
  return tiff;
}

/** The JPEG with a segment of EXIF data. */
export function jpegWithExif(jpeg: Buffer, exif: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** The PNG with a chunk of EXIF data behind its header, or in front of its end. */
export function pngWithExif(png: Buffer, exif: Buffer, place: 'first' | 'last' = 'first'): Buffer {
  const at = place === 'first' ? 33 : png.length - 12;
  return Buffer.concat([png.subarray(0, at), pngChunk('eXIf', exif), png.subarray(at)]);
}

/** The WebP, one with a chunk VP8X, with a chunk of EXIF data. */
export function webpWithExif(webp: Buffer, exif: Buffer): Buffer {
  const head = Buffer.from('EXIF\0\0\0\0', 'latin1');
  head.writeUInt32LE(exif.length, 4);
  const file = Buffer.concat([webp, head, exif, Buffer.alloc(exif.length % 2)]);
  file.writeUInt32LE(file.length - 8, 4);
  file.writeUInt8(file.readUInt8(20) | 0b1000, 20);
  return file;
}

type Turn = readonly ['irot', anticlockwise: number] | readonly ['imir', axis: number];

/** The AVIF with properties that turn and mirror it, in this order; one as our canvas writes it, of a single item. */
export function avifTurned(avif: Buffer, turns: readonly Turn[]): Buffer {
  const file = Buffer.from(avif);
  const boxAt = (type: string) => file.indexOf(type, 0, 'latin1') - 4;
  const properties = turns.map(([type, value]) => box(type, Buffer.from([value])));
  const [container, associations] = [boxAt('ipco'), boxAt('ipma')];
  const listed = countBoxes(file.subarray(container + 8, container + file.readUInt32BE(container)));
  const indices = Buffer.from(turns.map((_, index) => 0x80 | (listed + 1 + index)));
  const addedBytes = Buffer.concat(properties).length + indices.length;
  // The pixels lie behind these boxes and move: iloc names where, in its one extent.
  const extent = boxAt('iloc') + 8 + 4 + 4 + 6;
  file.writeUInt32BE(file.readUInt32BE(extent) + addedBytes, extent);
  for (const type of ['meta', 'iprp']) grow(file, boxAt(type), addedBytes);
  grow(file, container, addedBytes - indices.length);
  grow(file, associations, indices.length);
  const countAt = associations + 8 + 4 + 4 + 2;
  file.writeUInt8(file.readUInt8(countAt) + turns.length, countAt);
  const associationsEnd = associations + file.readUInt32BE(associations) - indices.length;
  const parts = [file.subarray(0, associations), ...properties, file.subarray(associations, associationsEnd)];
  return Buffer.concat([...parts, indices, file.subarray(associationsEnd)]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.from(`\0\0\0\0${type}`, 'latin1');
  head.writeUInt32BE(8 + content.length);
  return Buffer.concat([head, content]);
}

function grow(file: Buffer, at: number, bytes: number): void {
  file.writeUInt32BE(file.readUInt32BE(at) + bytes, at);
}

function countBoxes(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) count += 1;
  return count;
}
