import { readFileSync } from 'node:fs';

/** Memory with room for pictures, and the code that converts in it. */
export interface YuvModule {
  readonly memory: Uint8Array;
  /** Converts a rectangle of pixels that stand without gaps to where it belongs in the three planes. */
  convert(rectangle: { readonly width: number; readonly height: number }, at: YuvAddresses): void;
}

/** In the module's memory, bytes. */
export interface YuvAddresses {
  readonly pixels: number;
  readonly luma: number;
  readonly lumaStride: number;
  readonly blue: number;
  readonly red: number;
  readonly chromaStride: number;
}

/** Sixteen pixels are converted at a time. */
export const narrowestPixels = 16;

/** @param sizeBytes of the memory. */
export function openYuvModule(sizeBytes: number): YuvModule {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./rgba-to-yuv.wasm', import.meta.url)));
  const { exports } = new WebAssembly.Instance(compiled);
  const { memory, convert } = exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof convert !== 'function') {
    throw new TypeError('rgba-to-yuv.wasm is not what scripts/make-yuv-module.ts makes');
  }
  memory.grow(Math.ceil(sizeBytes / pageBytes));
  return {
    memory: new Uint8Array(memory.buffer),
    convert: ({ width, height }, { pixels, luma, lumaStride, blue, red, chromaStride }) => {
      convert(pixels, width, height, luma, lumaStride, blue, red, chromaStride);
    },
  };
}

let compiled: WebAssembly.Module | undefined;

const pageBytes = 65_536;
