import {
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
} from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';
import { createGroundPictures, type GroundPicture } from './ground-pictures.ts';
import { type Area, createComposer } from './layer-composer.ts';
import {
  narrowestPixels,
  type OverPlanes,
  openYuvModule,
  type Planes,
  type YuvModule,
} from './yuv-module.ts';

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

/** A frame, or a part of it, that is put together from pictures and what lies over them. */
export interface DrawnLayers {
  /** Two at most, from the lowest on; each covers the frame. */
  readonly layers: readonly DrawnLayer[];
  /** What lies over them all; it is opaque where there are none. */
  readonly top: DrawnOver;
  /** What is made anew: all even, at least 32 wide. */
  readonly area: Area;
}

export interface DrawnLayer {
  readonly picture: GroundPicture;
  /** Where the picture lies, in pixels with fractions. */
  readonly place: Area;
  /** How much of the layer is seen over the one below, 0 to 1. */
  readonly opacity: number;
  readonly over: DrawnOver;
}

/** What lies over a picture. */
export interface DrawnOver {
  /** Outside of it there is nothing; undefined when there is nothing at all. */
  readonly covered: Area | undefined;
  /** Whether all of it is handed over; else it is as in the frame before but for these parts. */
  readonly isAnew: boolean;
  /** RGBA that is seen through, not premultiplied. Each part is read before the next is asked for. */
  parts(): Iterable<DrawnArea>;
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
  /** The same for one that is put together. @throws {RangeError} when it cannot be a part. */
  loadLayers(drawn: DrawnLayers): void;
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
  const module = openYuvModule();
  const strip = { address: module.reserve(stripBytesOf(size)), bytes: stripBytesOf(size) };
  const at = reservePlanes(module, size, frames[0].strides());
  const pictures = createGroundPictures(module, strip);
  const compose = createComposer(module, size.width);
  const overs: Over[] = [];
  /** What lies over the layer of that number, brought up to the frame. */
  const overAt = (index: number, drawn: DrawnOver): Over => {
    const over = overs[index] ?? openOver(module, { strip: strip.address, planes: at, height: size.height });
    overs[index] = over;
    if (drawn.isAnew) over.clear();
    for (const part of drawn.parts()) over.load(part);
    return over;
  };
  let isFilled = false;
  let turn: 0 | 1 | 2 = 0;
  const convert = (area: DrawnArea): void =>
    eachStrip(area, (rectangle, pixels, { x, y }) => {
      module.memory.set(pixels, strip.address);
      module.convert(rectangle, strip.address, placed(at, { x, y }));
    });
  const takeIn = ({ y, width, height }: Area, isPart = width < size.width || height < size.height): void => {
    if (isPart && !isFilled) throw new RangeError('the first picture must be a whole one');
    isFilled = true;
    for (const frame of frames) frame.age({ from: y, to: y + height });
  };
  return {
    restart: () => {
      isFilled = false;
    },
    load: (area) => {
      checkArea(area);
      takeIn(area);
      convert(area);
    },
    loadLayers: ({ layers, top, area }) => {
      const isAnew = [...layers.map(({ over }) => over), top].every((over) => over.isAnew);
      takeIn(area, !isAnew);
      if (layers.length === 0) {
        for (const part of top.parts()) convert(part);
        return;
      }
      compose({
        layers: layers.map(({ picture, place, opacity, over }, index) => ({
          ...{ picture: pictures.load(picture), place, opacity },
          over: { planes: overAt(index + 1, over).planes, rows: rowsOf(over) },
        })),
        top: { planes: overAt(0, top).planes, rows: rowsOf(top) },
        area,
        to: at,
      });
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
type Strides = Pick<Planes, 'lumaStride' | 'chromaStride'>;

/** Pixels go to the module a strip at a time: what fits into a processor's own memory is not fetched twice. */
function stripBytesOf({ width }: Size): number {
  return Math.max(256 * 1024, width * 4 * 2);
}

function eachStrip(
  { x, y, width, height, pixels }: DrawnArea,
  take: (rectangle: Size, pixels: Uint8Array, corner: { readonly x: number; readonly y: number }) => void,
): void {
  const rows = Math.max(2, Math.floor((256 * 1024) / (width * 4 * 2)) * 2);
  for (let top = 0; top < height; top += rows) {
    const rectangle = { width, height: Math.min(rows, height - top) };
    const first = top * width * 4;
    const bytes = pixels.subarray(first, first + width * rectangle.height * 4);
    take(rectangle, bytes, { x, y: y + top });
  }
}

/** Planes of a whole frame, as FFmpeg lays them out. */
function reservePlanes(module: YuvModule, { height }: Size, { lumaStride, chromaStride }: Strides): Planes {
  const luma = module.reserve(lumaStride * height);
  const blue = module.reserve((chromaStride * height) / 2);
  const red = module.reserve((chromaStride * height) / 2);
  return { luma, lumaStride, blue, red, chromaStride };
}

/** What lies over a ground picture: it adds to it, and hides it. Where nothing was loaded, nothing does. */
interface Over {
  readonly planes: OverPlanes;
  clear(): void;
  load(area: DrawnArea): void;
}

function openOver(
  module: YuvModule,
  { strip, planes, height }: { readonly strip: number; readonly planes: Strides; readonly height: number },
): Over {
  const { lumaStride, chromaStride } = planes;
  const size = { width: lumaStride, height };
  const at: OverPlanes = {
    ...reservePlanes(module, size, planes),
    opacity: module.reserve(lumaStride * height),
    chromaOpacity: module.reserve((chromaStride * height) / 2),
  };
  let filled = noRows;
  return {
    planes: at,
    clear: () => {
      const { from, to } = filled;
      for (const plane of [at.luma, at.opacity]) {
        module.memory.fill(0, plane + from * lumaStride, plane + to * lumaStride);
      }
      for (const plane of [at.blue, at.red, at.chromaOpacity]) {
        module.memory.fill(0, plane + (from / 2) * chromaStride, plane + (to / 2) * chromaStride);
      }
      filled = noRows;
    },
    load: (area) => {
      checkArea(area);
      filled = joined(filled, { from: area.y, to: area.y + area.height });
      eachStrip(area, (rectangle, pixels, { x, y }) => {
        module.memory.set(pixels, strip);
        const [luma, chroma] = [y * lumaStride + x, (y / 2) * chromaStride + x / 2];
        module.convertOver(rectangle, strip, {
          ...placed(at, { x, y }),
          opacity: at.opacity + luma,
          chromaOpacity: at.chromaOpacity + chroma,
        });
      });
    },
  };
}

/** Where a rectangle's planes begin. @param corner in pixels, both even. */
function placed(at: Planes, { x, y }: { readonly x: number; readonly y: number }): Planes {
  const chroma = (y / 2) * at.chromaStride + x / 2;
  return { ...at, luma: at.luma + y * at.lumaStride + x, blue: at.blue + chroma, red: at.red + chroma };
}

/** Rows of the picture, even; `to` is exclusive. */
interface Rows {
  readonly from: number;
  readonly to: number;
}

const noRows: Rows = { from: 0, to: 0 };

function rowsOf({ covered }: DrawnOver): Rows {
  return covered === undefined ? noRows : { from: covered.y, to: covered.y + covered.height };
}

function joined(one: Rows, other: Rows): Rows {
  if (one.to === 0) return other;
  return { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}

interface OpenFrame {
  readonly frame: Frame;
  strides(): Strides;
  /** Says that these rows were converted anew: no others are looked at and copied. */
  age(rows: Rows): void;
  /** Whether it has the planes as they are now. */
  shows(memory: Uint8Array, at: Planes): boolean;
  fill(memory: Uint8Array, at: Planes): void;
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
  const oldParts = (memory: Uint8Array, { luma, lumaStride, blue, red, chromaStride }: Planes) =>
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
      old = joined(old, rows);
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
