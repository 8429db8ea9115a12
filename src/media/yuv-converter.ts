import {
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
} from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';
import { narrowestPixels, openYuvModule, type YuvAddresses, type YuvModule } from './yuv-module.ts';

/** A part of the picture that was drawn anew. */
export interface DrawnArea {
  /** Pixels, all even; at least 16 wide. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits, sRGB, rows without padding: width x height x 4 bytes. */
  readonly pixels: Uint8Array;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Turns drawn pictures into the encoder's. Buffers are allocated once and used for every frame of every chunk. */
export interface YuvConverter extends Disposable {
  /** Forgets the picture: the next one is loaded whole. */
  restart(): void;
  /** Takes in a part of the next picture; the rest of it is as before. @throws {RangeError} when it cannot be a part. */
  load(area: DrawnArea): void;
  /**
   * The picture as it is now, as BT.709 limited-range yuv420p: the frame of the last time when it shows the same, to the
   * last bit, else another. The last two stay as they are: one can be encoded while it is open what follows the other.
   */
  frame(): Frame;
}

/**
 * A colour sample is the mean of its 2 x 2 pixels and of no other: so a part of the picture can be converted alone. Both
 * sides carry the same primaries and transfer curve: as in every browser, sRGB values go through the BT.709 matrix as they
 * are, and come back the same.
 */
export function createYuvConverter(size: Size): YuvConverter {
  const frames = [openFrame(size), openFrame(size), openFrame(size)] as const;
  const { module, at } = openPicture(size, frames[0].strides());
  let isFilled = false;
  let turn: 0 | 1 | 2 = 0;
  return {
    restart: () => {
      isFilled = false;
    },
    load: (area) => {
      const { x, y, width, height, pixels } = area;
      const isWhole = width === size.width && height === size.height;
      if (!isWhole && !isFilled) throw new RangeError('the first picture must be a whole one');
      checkArea(area);
      const rows = rowsAtATime(width);
      for (let top = 0; top < height; top += rows) {
        const strip = { width, height: Math.min(rows, height - top) };
        const first = top * width * 4;
        module.memory.set(pixels.subarray(first, first + strip.width * strip.height * 4), at.pixels);
        module.convert(strip, placed(at, { x, y: y + top }));
      }
      isFilled = true;
      for (const frame of frames) frame.age({ from: y, to: y + height });
    },
    frame: () => {
      if (!isFilled) throw new RangeError('the first picture must be a whole one');
      if (!frames[turn].shows(module.memory, at)) {
        turn = nextTurn[turn];
        frames[turn].fill(module.memory, at);
      }
      return frames[turn].frame;
    },
    [Symbol.dispose]: () => {
      for (const { frame } of frames) frame.free();
    },
  };
}

const nextTurn = [1, 2, 0] as const;

function checkArea({ width, height, pixels }: DrawnArea): void {
  if (width < narrowestPixels) throw new RangeError(`${width} x ${height} is too small`);
  const size = width * height * 4;
  if (pixels.length !== size) throw new RangeError(`a frame has ${size} bytes, not ${pixels.length}`);
}

/** Bytes from one row to the next: of brightness, and of each colour. */
type Strides = Pick<YuvAddresses, 'lumaStride' | 'chromaStride'>;

/** Pixels go to the module a strip at a time: what fits into a processor's own memory is not fetched twice. Even. */
function rowsAtATime(width: number): number {
  return Math.max(2, Math.floor(stripBytes / (width * 4 * 2)) * 2);
}

const stripBytes = 256 * 1024;

/** Memory in which a strip of RGBA comes first, then the planes of the whole picture as FFmpeg lays them out. */
function openPicture(
  { width, height }: Size,
  { lumaStride, chromaStride }: Strides,
): { readonly module: YuvModule; readonly at: YuvAddresses } {
  const luma = Math.max(stripBytes, width * 4 * 2);
  const blue = luma + lumaStride * height;
  const red = blue + (chromaStride * height) / 2;
  const module = openYuvModule(red + (chromaStride * height) / 2);
  return { module, at: { pixels: 0, luma, lumaStride, blue, red, chromaStride } };
}

/** Where a rectangle's planes begin. @param corner in pixels, both even. */
function placed(at: YuvAddresses, { x, y }: { readonly x: number; readonly y: number }): YuvAddresses {
  const chroma = (y / 2) * at.chromaStride + x / 2;
  return { ...at, luma: at.luma + y * at.lumaStride + x, blue: at.blue + chroma, red: at.red + chroma };
}

/** Rows of the picture, even; `to` is exclusive. */
interface Rows {
  readonly from: number;
  readonly to: number;
}

const noRows: Rows = { from: 0, to: 0 };

interface OpenFrame {
  readonly frame: Frame;
  strides(): Strides;
  /** Says that these rows were converted anew: no others are looked at and copied. */
  age(rows: Rows): void;
  /** Whether it has the planes as they are now. */
  shows(memory: Uint8Array, at: YuvAddresses): boolean;
  fill(memory: Uint8Array, at: YuvAddresses): void;
}

function openFrame({ width, height }: Size): OpenFrame {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = AV_PIX_FMT_YUV420P;
  frame.colorSpace = AVCOL_SPC_BT709;
  frame.colorRange = AVCOL_RANGE_MPEG;
  frame.colorPrimaries = AVCOL_PRI_BT709;
  frame.colorTrc = AVCOL_TRC_BT709;
  check(frame.getBuffer(0), 'allocate a frame');
  let planes = planesOf(frame);
  let old: Rows = { from: 0, to: height };
  /** Of each plane, what may be old: in the memory, and where it is in the frame. */
  const oldParts = (memory: Uint8Array, { luma, lumaStride, blue, red, chromaStride }: YuvAddresses) =>
    [
      { start: luma, stride: lumaStride },
      { start: blue, stride: chromaStride / 2 },
      { start: red, stride: chromaStride / 2 },
    ].map(({ start, stride }, plane) => {
      const [first, end] = [old.from * stride, old.to * stride];
      return { first, part: memory.subarray(start + first, start + end), plane: planes[plane] };
    });
  return {
    frame,
    strides: () => ({
      lumaStride: required(frame.linesize[0], 'stride'),
      chromaStride: required(frame.linesize[1], 'stride'),
    }),
    age: (rows) => {
      old = old.to === 0 ? rows : { from: Math.min(old.from, rows.from), to: Math.max(old.to, rows.to) };
    },
    shows: (memory, at) => {
      const isSame = oldParts(memory, at).every(({ first, part, plane }) =>
        plane?.subarray(first, first + part.length).equals(part),
      );
      if (isSame) old = noRows;
      return isSame;
    },
    fill: (memory, at) => {
      if (!frame.isWritable) {
        // The encoder still holds the picture: this one goes on in fresh memory.
        check(frame.makeWritable(), 'reuse a frame');
        planes = planesOf(frame);
      }
      for (const { first, part, plane } of oldParts(memory, at)) plane?.set(part, first);
      old = noRows;
    },
  };
}

function planesOf({ data }: Frame): readonly [Buffer, Buffer, Buffer] {
  const plane = (index: number) => required(data?.[index], 'plane');
  return [plane(0), plane(1), plane(2)];
}
