import type { PictureHeader } from './picture-header.ts';

/** Walks through a JPEG file's segments (ITU-T T.81, annex B). Undefined when it names no size. */
export function readJpeg(bytes: Buffer): PictureHeader | undefined {
  let size: { readonly width: number; readonly height: number } | undefined;
  let isComplete = false;
  let scans = 0;
  let position = 2;
  while (!isComplete) {
    const marker = nextMarker(bytes, position);
    if (marker === undefined) break;
    isComplete = marker.code === endOfImage;
    if (isComplete || standsAlone(marker.code)) {
      position = marker.end;
    } else {
      if (isFrameHeader(marker.code) && marker.end + 7 <= bytes.length) {
        size ??= { height: bytes.readUInt16BE(marker.end + 3), width: bytes.readUInt16BE(marker.end + 5) };
      }
      if (marker.code === startOfScan) scans += 1;
      position = segmentEnd(bytes, marker.end);
      // Coded pixels follow: markers inside them are escaped or restart marks, which nextMarker passes over.
    }
  }
  return size && { ...size, isOpaque: true, isComplete, extraParts: scans };
}

const endOfImage = 0xd9;
const startOfScan = 0xda;

interface Marker {
  readonly code: number;
  readonly end: number;
}

/** The next 0xff that is neither an escaped byte (00), nor filling (ff), nor a restart mark (d0 to d7). */
function nextMarker(bytes: Buffer, from: number): Marker | undefined {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) return undefined;
    if (code !== 0x00 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return { code, end: at + 2 };
  }
  return undefined;
}

function segmentEnd(bytes: Buffer, start: number): number {
  return start + 2 > bytes.length ? bytes.length : start + bytes.readUInt16BE(start);
}

function standsAlone(code: number): boolean {
  return code === 0x01 || code === 0xd8;
}

/** SOF0 to SOF15; among them c4, c8 and cc are tables. */
function isFrameHeader(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}
