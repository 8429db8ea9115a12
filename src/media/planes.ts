import { narrowestPixels, type Planes, type YuvModule } from './yuv-module.ts';

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

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function checkArea({ width, height, pixels }: DrawnArea): void {
  if (width < narrowestPixels) throw new RangeError(`${width} x ${height} is too small`);
  const size = width * height * 4;
  if (pixels.length !== size) throw new RangeError(`a frame has ${size} bytes, not ${pixels.length}`);
}

/** Bytes from one row to the next: of brightness, and of each colour. */
export type Strides = Pick<Planes, 'lumaStride' | 'chromaStride'>;

/** Pixels go to the module a strip at a time: what fits into a processor's own memory is not fetched twice. */
export function stripBytesOf({ width }: Size): number {
  return Math.max(stripBytes, width * 4 * 2);
}

const stripBytes = 256 * 1024;

export function eachStrip(
  { x, y, width, height, pixels }: DrawnArea,
  take: (rectangle: Size, pixels: Uint8Array, corner: { readonly x: number; readonly y: number }) => void,
): void {
  const rows = Math.max(2, Math.floor(stripBytes / (width * 4 * 2)) * 2);
  for (let top = 0; top < height; top += rows) {
    const rectangle = { width, height: Math.min(rows, height - top) };
    const first = top * width * 4;
    const bytes = pixels.subarray(first, first + width * rectangle.height * 4);
    take(rectangle, bytes, { x, y: y + top });
  }
}

/** Planes of a whole frame, as FFmpeg lays them out. */
export function reservePlanes(
  module: YuvModule,
  { height }: Size,
  { lumaStride, chromaStride }: Strides,
): Planes {
  const luma = module.reserve(lumaStride * height);
  const blue = module.reserve((chromaStride * height) / 2);
  const red = module.reserve((chromaStride * height) / 2);
  return { luma, lumaStride, blue, red, chromaStride };
}

/** Where a rectangle's planes begin. @param corner in pixels, both even. */
export function placed(at: Planes, { x, y }: { readonly x: number; readonly y: number }): Planes {
  const chroma = (y / 2) * at.chromaStride + x / 2;
  return { ...at, luma: at.luma + y * at.lumaStride + x, blue: at.blue + chroma, red: at.red + chroma };
}

/** Rows of the picture, even; `to` is exclusive. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

export const noRows: Rows = { from: 0, to: 0 };

export function joined(one: Rows, other: Rows): Rows {
  if (one.to === 0) return other;
  return { from: Math.min(one.from, other.from), to: Math.max(one.to, other.to) };
}
