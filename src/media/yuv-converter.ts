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
  SWS_ACCURATE_RND,
  SWS_BICUBIC,
  SWS_BITEXACT,
  SWS_FULL_CHR_H_INP,
} from 'node-av/constants';
import { Frame, SoftwareScaleContext } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';

/** Turns drawn pictures into the encoder's. Both buffers are allocated once and used for every frame. */
export interface YuvConverter extends Disposable {
  /** Copies a picture in: RGBA, 8 bits, sRGB, rows without padding. @throws when its length is not width x height x 4. */
  load(pixels: Uint8Array): void;
  /** The picture loaded last, as BT.709 limited-range yuv420p. The same frame every time. */
  convert(): Promise<Frame>;
}

export function createYuvConverter({ width, height }: { width: number; height: number }): YuvConverter {
  const rgba = allocateFrame({ width, height, format: AV_PIX_FMT_RGBA });
  rgba.colorSpace = AVCOL_SPC_RGB;
  rgba.colorRange = AVCOL_RANGE_JPEG;
  const yuv = allocateFrame({ width, height, format: AV_PIX_FMT_YUV420P });
  yuv.colorSpace = AVCOL_SPC_BT709;
  yuv.colorRange = AVCOL_RANGE_MPEG;
  const scaler = createScaler();
  const plane = required(rgba.data?.[0], 'RGBA plane');
  const strideBytes = required(rgba.linesize[0], 'RGBA stride');
  return {
    load: (pixels) => copyRows({ pixels, plane, strideBytes, rowBytes: width * 4, rows: height }),
    convert: async () => {
      // The encoder may still hold the last picture; then this moves to a fresh buffer. Usually it does nothing.
      check(yuv.makeWritable(), 'reuse the YUV frame');
      check(await scaler.scaleFrame(yuv, rgba), 'convert RGBA to YUV');
      return yuv;
    },
    [Symbol.dispose]: () => {
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

/** Bit-exact and accurately rounded, so that every machine makes the same bytes; measured 5 ms at 1080p. */
function createScaler(): SoftwareScaleContext {
  const scaler = new SoftwareScaleContext();
  scaler.allocContext();
  const flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INP;
  check(scaler.setOption('sws_flags', flags, AV_OPT_TYPE_FLAGS), 'set up the RGBA to YUV conversion');
  return scaler;
}

interface RowCopy {
  readonly pixels: Uint8Array;
  readonly plane: Uint8Array;
  readonly strideBytes: number;
  readonly rowBytes: number;
  readonly rows: number;
}

function copyRows({ pixels, plane, strideBytes, rowBytes, rows }: RowCopy): void {
  if (pixels.length !== rowBytes * rows) {
    throw new RangeError(`a frame has ${rowBytes * rows} bytes, not ${pixels.length}`);
  }
  if (strideBytes === rowBytes) {
    plane.set(pixels);
    return;
  }
  for (let row = 0; row < rows; row += 1) {
    plane.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * strideBytes);
  }
}
