import {
  AV_OPT_TYPE_FLAGS,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  AVCOL_TRC_BT709,
  type AVPixelFormat,
  SWS_AREA,
  SWS_BITEXACT,
  SWS_FULL_CHR_H_INP,
} from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';

/** A part of the picture that was drawn anew. */
export interface DrawnArea {
  /** Pixels, all even; at least 16 wide and high. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits, sRGB, rows without padding: width x height x 4 bytes. */
  readonly pixels: Uint8Array;
}

/** Turns drawn pictures into the encoder's. Buffers are allocated once and used for every frame. */
export interface YuvConverter extends Disposable {
  /** Copies a part of the next picture in; the rest of it is as before. @throws when it cannot be a part. */
  load(area: DrawnArea): void;
  /** The picture as it is now, as BT.709 limited-range yuv420p. The same frame every time. */
  convert(): Promise<Frame>;
}

export function createYuvConverter(size: { width: number; height: number }): YuvConverter {
  const whole = createPatch(size);
  const patches = new Map<string, Patch>();
  let isFilled = false;
  let loaded: { readonly patch: Patch; readonly x: number; readonly y: number } | undefined;
  return {
    load: (area) => {
      const { x, y, width, height } = area;
      const isWhole = width === size.width && height === size.height;
      if (!isWhole && !isFilled) throw new RangeError('the first picture must be a whole one');
      if (!isWhole && Math.min(width, height) < narrowest)
        throw new RangeError(`${width} x ${height} is too small`);
      isFilled = true;
      const patch = isWhole ? whole : recentPatch(patches, { width, height });
      patch.load(area.pixels);
      loaded = { patch, x, y };
    },
    convert: async () => {
      if (!isFilled) throw new RangeError('the first picture must be a whole one');
      if (loaded === undefined) return whole.yuv;
      const { patch, x, y } = loaded;
      loaded = undefined;
      // The encoder may still hold the last picture; then this moves to a fresh buffer. Usually it does nothing.
      check(whole.yuv.makeWritable(), 'reuse the YUV frame');
      await patch.convert();
      if (patch !== whole) copyPlanes(patch.yuv, whole.yuv, { x, y });
      return whole.yuv;
    },
    [Symbol.dispose]: () => {
      for (const patch of [whole, ...patches.values()]) patch.free();
    },
  };
}

/** swscale rounds otherwise where it has a single row or column of colour samples. */
const narrowest = 16;

/** A rectangle of some size in both formats. */
interface Patch {
  readonly yuv: Frame;
  load(pixels: Uint8Array): void;
  convert(): Promise<void>;
  free(): void;
}

/** Captions and points move within few sizes of rectangles; more are made again when they are needed again. */
const mostPatches = 12;

function recentPatch(patches: Map<string, Patch>, size: { width: number; height: number }): Patch {
  const name = `${size.width}x${size.height}`;
  const patch = patches.get(name) ?? createPatch(size);
  patches.delete(name);
  patches.set(name, patch);
  const [oldest] = patches;
  if (patches.size > mostPatches && oldest !== undefined) {
    oldest[1].free();
    patches.delete(oldest[0]);
  }
  return patch;
}

function createPatch({ width, height }: { width: number; height: number }): Patch {
  const rgba = allocateFrame({ width, height, format: AV_PIX_FMT_RGBA });
  rgba.colorSpace = AVCOL_SPC_RGB;
  rgba.colorRange = AVCOL_RANGE_JPEG;
  const yuv = allocateFrame({ width, height, format: AV_PIX_FMT_YUV420P });
  yuv.colorSpace = AVCOL_SPC_BT709;
  yuv.colorRange = AVCOL_RANGE_MPEG;
  const scaler = createScaler();
  const plane = planeOf(rgba, 0);
  return {
    yuv,
    load: (pixels) => {
      const size = width * height * 4;
      if (pixels.length !== size) throw new RangeError(`a frame has ${size} bytes, not ${pixels.length}`);
      const rowBytes = width * 4;
      copyRows({ bytes: pixels, strideBytes: rowBytes }, plane, { rowBytes, rows: height });
    },
    convert: async () => {
      check(await scaler.scaleFrame(yuv, rgba), 'convert RGBA to YUV');
    },
    free: () => {
      scaler.freeContext();
      rgba.free();
      yuv.free();
    },
  };
}

/**
 * Both sides carry the same primaries and transfer curve: as in every browser, sRGB values go through the BT.709
 * matrix as they are, and come back the same.
 */
function allocateFrame(picture: { width: number; height: number; format: AVPixelFormat }): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.width = picture.width;
  frame.height = picture.height;
  frame.format = picture.format;
  frame.colorPrimaries = AVCOL_PRI_BT709;
  frame.colorTrc = AVCOL_TRC_BT709;
  check(frame.getBuffer(0), 'allocate a frame');
  return frame;
}

/**
 * A colour sample is the mean of its 2 x 2 pixels and of no other: so a part of the picture can be converted alone. Bit
 * exact: SWS_ACCURATE_RND gives the same bytes and takes half as long again. Measured 2.8 ms at 1080p.
 */
function createScaler(): SoftwareScaleContext {
  const scaler = new SoftwareScaleContext();
  scaler.allocContext();
  const flags = SWS_AREA | SWS_BITEXACT | SWS_FULL_CHR_H_INP;
  check(scaler.setOption('sws_flags', flags, AV_OPT_TYPE_FLAGS), 'set up the RGBA to YUV conversion');
  return scaler;
}

interface Rows {
  readonly bytes: Uint8Array;
  readonly strideBytes: number;
}

function copyRows(from: Rows, to: Rows, size: { readonly rowBytes: number; readonly rows: number }): void {
  const { rowBytes, rows } = size;
  if (from.strideBytes === rowBytes && to.strideBytes === rowBytes) {
    to.bytes.set(from.bytes.subarray(0, rowBytes * rows));
    return;
  }
  for (let row = 0; row < rows; row += 1) {
    const start = row * from.strideBytes;
    to.bytes.set(from.bytes.subarray(start, start + rowBytes), row * to.strideBytes);
  }
}

/** @param at Where the copy goes, in luma pixels, both even. */
function copyPlanes(from: Frame, to: Frame, at: { readonly x: number; readonly y: number }): void {
  for (const plane of [0, 1, 2]) {
    const shift = plane === 0 ? 0 : 1;
    const [source, target] = [planeOf(from, plane), planeOf(to, plane)];
    const offset = (at.y >> shift) * target.strideBytes + (at.x >> shift);
    const place = { bytes: target.bytes.subarray(offset), strideBytes: target.strideBytes };
    copyRows(source, place, { rowBytes: from.width >> shift, rows: from.height >> shift });
  }
}

function planeOf({ data, linesize }: Frame, plane: number): Rows {
  return { bytes: required(data?.[plane], 'plane'), strideBytes: required(linesize[plane], 'stride') };
}
