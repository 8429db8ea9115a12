import type { LoadedPicture } from './ground-pictures.ts';
import type { YuvModule } from './yuv-module.ts';

/** A rectangle in pixels of the frame, or in samples of one of its planes. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PictureRequest {
  readonly picture: LoadedPicture;
  /** Where the picture lies, in pixels of the frame with fractions. It covers the area, but for half a pixel. */
  readonly place: Area;
}

/** One of the planes of a picture, and for how many pixels across and down each of its samples stands. */
export interface PlaneName {
  readonly name: 'luma' | 'blue' | 'red';
  readonly stride: 'lumaStride' | 'chromaStride';
  readonly of: 1 | 2;
}

/** Makes a row of the area, at an address or wherever it likes. @returns where it is. */
export type RowMaker = (y: number, to?: number) => number;

/** Shows a picture scaled and moved, bilinear: the same samples whatever the area. Of one plane at a time. */
export type PictureRows = (request: PictureRequest, plane: PlaneName, area: Area) => RowMaker;

/** Eight samples of a row are found within sixteen: so far apart may neighbours be. */
export const largestStep = 1.9;

/** @param widest In samples. */
export function createPictureRows(module: YuvModule, widest: number): PictureRows {
  const rowBytes = 2 * (widest + 8);
  const scratch: Scratch = {
    table: module.reserve(Math.ceil(widest / 8) * entryBytes),
    rows: [module.reserve(rowBytes), module.reserve(rowBytes)],
    mixed: module.reserve(widest + 16),
  };
  return ({ picture, place }, { name, stride, of }, area) => {
    const request: PlaneRequest = {
      from: { address: picture[name], stride: picture[stride] },
      across: axis({ start: place.x, length: place.width, pixels: picture.width, of }),
      down: axis({ start: place.y, length: place.height, pixels: picture.height, of }),
      area,
    };
    return isShownAsItIs(request) ? copiedRows(module, request) : mixedRows(module, scratch, request);
  };
}

interface Scratch {
  readonly table: number;
  readonly rows: readonly [number, number];
  readonly mixed: number;
}

interface PlaneRequest {
  readonly from: { readonly address: number; readonly stride: number };
  readonly across: Axis;
  readonly down: Axis;
  readonly area: Area;
}

function isShownAsItIs({ across, down, area }: PlaneRequest): boolean {
  return isWithin(across, area.x, area.width) && isWithin(down, area.y, area.height);
}

function isWithin({ first, step, count }: Axis, start: number, length: number): boolean {
  return step === 1 && Number.isInteger(first) && first + start >= 0 && first + start + length <= count;
}

function copiedRows({ memory }: YuvModule, { from, across, down, area }: PlaneRequest): RowMaker {
  return (y, to) => {
    const address = from.address + (y + down.first) * from.stride + area.x + across.first;
    if (to === undefined) return address;
    memory.copyWithin(to, address, address + area.width);
    return to;
  };
}

function mixedRows(
  module: YuvModule,
  { table, rows, mixed }: Scratch,
  { from, across, down, area }: PlaneRequest,
): RowMaker {
  const groups = writeTable(module.memory, table, { axis: across, first: area.x, length: area.width });
  const held = [-1, -1];
  const sampled = (row: number): number => {
    const side = row % 2 === 0 ? 0 : 1;
    if (held[side] !== row) module.sampleRow(from.address + row * from.stride, table, groups, rows[side]);
    held[side] = row;
    return rows[side];
  };
  return (y, to = mixed) => {
    const { left: row, weight } = neighbours(down, y);
    module.mixRows(sampled(row), sampled(row + 1), weight, area.width, to);
    return to;
  };
}

/** Where a sample of the frame is in the picture, in one dimension: `position = first + step * sample`. */
interface Axis {
  readonly first: number;
  readonly step: number;
  /** Samples of the picture, at least two. */
  readonly count: number;
}

/** @param along.of how many pixels a sample stands for: it is in the middle of them. */
function axis(along: { start: number; length: number; pixels: number; of: number }): Axis {
  const { start, length, pixels, of } = along;
  const step = pixels / length;
  return { first: ((of / 2 - start) * step) / of - 0.5, step, count: Math.ceil(pixels / of) };
}

function neighbours({ first, step, count }: Axis, sample: number): { left: number; weight: number } {
  const position = Math.min(count - 1, Math.max(0, first + step * sample));
  const left = Math.min(count - 2, Math.floor(position));
  return { left, weight: Math.min(fractions - 1, Math.round((position - left) * fractions)) };
}

const fractions = 32_768;

/** Of each group of eight, as `sampleRow` reads it. */
const entryBytes = 48;

/** @returns how many groups it has. */
function writeTable(
  memory: Uint8Array,
  address: number,
  row: { readonly axis: Axis; readonly first: number; readonly length: number },
): number {
  const groups = Math.ceil(row.length / 8);
  const words = new Uint16Array(memory.buffer, address, (groups * entryBytes) / 2);
  const starts = new Uint32Array(memory.buffer, address, (groups * entryBytes) / 4);
  for (let index = 0; index < groups * 8; index += 1) {
    const sample = row.first + Math.min(index, row.length - 1);
    const { left, weight } = neighbours(row.axis, sample);
    const entry = (index >> 3) * entryBytes;
    const lane = index % 8;
    if (lane === 0) starts[entry / 4] = left;
    const start = starts[entry / 4] ?? 0;
    // The upper byte of each 16 bits is beyond the sixteen that are chosen from: there comes a 0.
    words[entry / 2 + 8 + lane] = upperByteOut | (left - start);
    words[entry / 2 + 16 + lane] = weight;
  }
  return groups;
}

const upperByteOut = 0x80 << 8;
