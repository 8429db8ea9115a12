import { crc32, deflateSync } from 'node:zlib';

interface PngClaim {
  readonly pixelBytes?: number;
  readonly isInterlaced?: boolean;
}

/** A correct PNG file of 8-bit greys that claims any size, with one row of pixels in it unless told. */
export function pngClaiming(width: number, height: number, claim: PngClaim = {}): Buffer {
  const { pixelBytes = width + 1, isInterlaced = false } = claim;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[12] = isInterlaced ? 1 : 0;
  return pngFile([pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(Buffer.alloc(pixelBytes)))]);
}

export function pngFile(chunks: readonly Buffer[]): Buffer {
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, ...chunks, pngChunk('IEND', Buffer.alloc(0))]);
}

interface PngKind {
  readonly name: string;
  readonly bitDepth: number;
  readonly colorType: number;
  readonly isInterlaced?: boolean;
  /** Bytes of one pixel, in hex; of a whole row for depths below 8. */
  readonly pixel: string;
  readonly chunks?: readonly Buffer[];
  /** How every pixel looks: red, green, blue, alpha. */
  readonly shown: readonly [number, number, number, number];
}

const palette = pngChunk('PLTE', Buffer.from('000000 ff0000 00ff00 0000ff'.replaceAll(' ', ''), 'hex'));

export const pngKinds: readonly PngKind[] = [
  { name: 'one bit', bitDepth: 1, colorType: 0, pixel: 'ff', shown: [255, 255, 255, 255] },
  { name: 'greys', bitDepth: 8, colorType: 0, pixel: '80', shown: [128, 128, 128, 255] },
  { name: '16 bits', bitDepth: 16, colorType: 2, pixel: 'ffff80000000', shown: [255, 128, 0, 255] },
  {
    name: '16 bits, see-through',
    bitDepth: 16,
    colorType: 6,
    pixel: 'ffff000000000000',
    shown: [0, 0, 0, 0],
  },
  { name: 'greys, see-through', bitDepth: 8, colorType: 4, pixel: 'ff80', shown: [255, 255, 255, 128] },
  { name: 'a palette', bitDepth: 2, colorType: 3, pixel: 'aa', chunks: [palette], shown: [0, 255, 0, 255] },
  {
    name: 'a palette, see-through',
    bitDepth: 8,
    colorType: 3,
    pixel: '01',
    chunks: [palette, pngChunk('tRNS', Buffer.from([255, 0]))],
    shown: [0, 0, 0, 0],
  },
  {
    name: 'seven passes',
    bitDepth: 8,
    colorType: 2,
    isInterlaced: true,
    pixel: 'ff0000',
    shown: [255, 0, 0, 255],
  },
];

/** 4 x 4 pixels of one colour. */
export function pngOf({ bitDepth, colorType, isInterlaced = false, pixel, chunks = [] }: PngKind): Buffer {
  const header = Buffer.from([0, 0, 0, 4, 0, 0, 0, 4, bitDepth, colorType, 0, 0, isInterlaced ? 1 : 0]);
  const pixelsInRows = isInterlaced ? [1, 1, 2, 2, 2, 4, 4] : [4, 4, 4, 4];
  const rows = pixelsInRows.map((pixels) => `00${bitDepth < 8 ? pixel : pixel.repeat(pixels)}`).join('');
  const data = pngChunk('IDAT', deflateSync(Buffer.from(rows, 'hex')));
  return pngFile([pngChunk('IHDR', header), ...chunks, data]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}
