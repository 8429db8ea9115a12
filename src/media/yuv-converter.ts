import type { Frame } from 'node-av/lib';
import { openFrame } from './encoder-frame.ts';
import { createGroundPictures, type GroundPicture } from './ground-pictures.ts';
import { type Area, createComposer } from './layer-composer.ts';
import { type Over, openOver } from './over-planes.ts';
import {
  checkArea,
  type DrawnArea,
  eachStrip,
  noRows,
  placed,
  type Rows,
  reservePlanes,
  type Size,
  stripBytesOf,
} from './planes.ts';
import { openYuvModule } from './yuv-module.ts';

export type { DrawnArea } from './planes.ts';

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

function rowsOf({ covered }: DrawnOver): Rows {
  return covered === undefined ? noRows : { from: covered.y, to: covered.y + covered.height };
}
