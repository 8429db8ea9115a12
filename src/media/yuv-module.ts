import { readFileSync } from 'node:fs';

/** Memory with room for pictures, and the code that works in it (`scripts/yuv`). Addresses and strides are in bytes. */
export interface YuvModule {
  /** Another array after `reserve`. */
  readonly memory: Uint8Array;
  /** @returns the address of as many bytes, all 0. */
  reserve(bytes: number): number;
  /** Converts a rectangle of opaque pixels that stand without gaps to where it belongs in the three planes. */
  convert(rectangle: Rectangle, pixels: number, to: Planes): void;
  /** The same for pixels that are seen through: makes what is added to what is below, and how much of that is hidden. */
  convertOver(rectangle: Rectangle, pixels: number, to: OverPlanes): void;
  /** Samples between those of a row, eight for each group of `table`, as 16-bit numbers of 1/64. */
  sampleRow(from: number, table: number, groups: number, to: number): void;
  /** Bytes between two such rows. @param weight of the lower, in 1/32768. @param length at least 16. */
  mixRows(upper: number, lower: number, weight: number, length: number, to: number): void;
  /** Bytes between two rows of bytes. @param weight of the other, in 1/32768. @param length at least 16. */
  fadeRows(one: number, other: number, weight: number, length: number, to: number): void;
  /** Lays what `convertOver` made over a row of bytes. @param to another row. @param length at least 16. */
  blendRow(ground: number, over: number, opacity: number, length: number, to: number): void;
}

interface Rectangle {
  /** Pixels: at least 16, even. */
  readonly width: number;
  readonly height: number;
}

/** Where brightness and the two colours begin. */
export interface Planes {
  readonly luma: number;
  readonly lumaStride: number;
  readonly blue: number;
  readonly red: number;
  readonly chromaStride: number;
}

export interface OverPlanes extends Planes {
  /** As large as the planes of brightness and of a colour. */
  readonly opacity: number;
  readonly chromaOpacity: number;
}

/** Sixteen pixels are converted at a time. */
export const narrowestPixels = 16;

export function openYuvModule(): YuvModule {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./yuv.wasm', import.meta.url)));
  const { exports } = new WebAssembly.Instance(compiled);
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError(`it has no memory: ${otherModule}`);
  let bytes = new Uint8Array(memory.buffer);
  let end = 0;
  const code = (name: string): ((...values: number[]) => void) => {
    const found = exports[name];
    if (typeof found !== 'function') throw new TypeError(`it has no ${name}: ${otherModule}`);
    return found as (...values: number[]) => void;
  };
  const [convert, convertOver] = [code('convert'), code('convertOver')];
  return {
    get memory() {
      return bytes;
    },
    reserve: (count) => {
      const address = end;
      end += Math.ceil(count / grain) * grain;
      const missing = end - bytes.length;
      if (missing > 0) {
        memory.grow(Math.ceil(missing / pageBytes));
        bytes = new Uint8Array(memory.buffer);
      }
      return address;
    },
    convert: ({ width, height }, pixels, { luma, lumaStride, blue, red, chromaStride }) =>
      convert(pixels, width, height, luma, lumaStride, blue, red, chromaStride),
    convertOver: ({ width, height }, pixels, to) => {
      const { luma, lumaStride, blue, red, chromaStride, opacity, chromaOpacity } = to;
      convertOver(
        ...[pixels, width, height, luma, lumaStride, blue, red, chromaStride, opacity, chromaOpacity],
      );
    },
    sampleRow: code('sampleRow'),
    mixRows: code('mixRows'),
    fadeRows: code('fadeRows'),
    blendRow: code('blendRow'),
  };
}

let compiled: WebAssembly.Module | undefined;

const otherModule = 'yuv.wasm is not what scripts/make-yuv-module.ts makes';

const pageBytes = 65_536;
const grain = 64;
