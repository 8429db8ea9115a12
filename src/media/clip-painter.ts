import {
  AV_OPT_TYPE_FLAGS,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_PRI_BT2020,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_BT709,
  type AVColorRange,
  type AVColorSpace,
  type AVPixelFormat,
  SWS_ACCURATE_RND,
  SWS_BICUBIC,
  SWS_BITEXACT,
  SWS_FULL_CHR_H_INT,
} from 'node-av/constants';
import { avGetPixFmtName, Frame, SoftwareScaleContext } from 'node-av/lib';
import type { Size } from './clip-geometry.ts';
import { check, required } from './ffmpeg.ts';
import { createHdrToneMap, isHdr } from './hdr-tone-map.ts';

/** Turns decoded pictures of any kind and size into pictures of one size. */
export interface ClipPainter extends Disposable {
  /** What is painted is valid until the next call; the frame is no longer needed. */
  paint(frame: Frame): Promise<PaintedPicture>;
}

export interface PaintedPicture {
  /** RGBA, sRGB, not premultiplied, rows without padding, in the order they are stored. Made when it is asked for. */
  readonly pixels: Uint8Array;
  /** Whether it is of a kind that has no transparency. */
  readonly isOpaque: boolean;
  /** The same as it is encoded, where the clip has it like that. */
  readonly planes: PlaneBytes | undefined;
}

/** BT.709 limited-range 4:2:0; strides in bytes. */
export interface PlaneBytes {
  readonly luma: Uint8Array;
  readonly blue: Uint8Array;
  readonly red: Uint8Array;
  readonly lumaStride: number;
  readonly chromaStride: number;
}

export function createClipPainter(size: Size): ClipPainter {
  using opened = new DisposableStack();
  const plain = opened.use(createPlainPainter(size));
  const rgba = opened.use(createRgbaTarget(size));
  const exactScaler = opened.adopt(createScaler(exact | SWS_FULL_CHR_H_INT), free);
  const toneMap = opened.use(createHdrToneMap(size));
  const resources = opened.move();
  return {
    paint: async (frame) => {
      const kind = nameColors(frame);
      if (kind === 'plain') return plain.paint(frame, rgba);
      const { target, pixels } = rgba.open();
      if (kind === 'hdr') await toneMap.paint(frame, pixels);
      else check(await exactScaler.scaleFrame(target, frame), 'convert a picture to RGBA');
      return { pixels, isOpaque: kind === 'hdr', planes: undefined };
    },
    [Symbol.dispose]: () => resources.dispose(),
  };
}

// Rounded the same way whatever the processor can do.
const exact = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT;

function free(scaler: SoftwareScaleContext): void {
  scaler.freeContext();
}

/** The 8 MB of RGBA, and a view of them that is asked for once: each is megabytes to the garbage collector. */
interface RgbaTarget extends Disposable {
  open(): { readonly target: Frame; readonly pixels: Uint8Array };
}

function createRgbaTarget(size: Size): RgbaTarget {
  const rgb = { format: AV_PIX_FMT_RGBA, colorSpace: AVCOL_SPC_RGB, colorRange: AVCOL_RANGE_JPEG };
  let opened: ReturnType<RgbaTarget['open']> | undefined;
  return {
    open: () => {
      if (opened !== undefined) return opened;
      const target = createTarget({ ...size, ...rgb });
      const { buffer, byteOffset } = required(target.data?.[0], 'RGBA plane');
      // No Buffer: a slice of one is not a copy.
      opened = { target, pixels: new Uint8Array(buffer, byteOffset, size.width * size.height * 4) };
      return opened;
    },
    [Symbol.dispose]: () => opened?.target.free(),
  };
}

interface PlainPainter extends Disposable {
  paint(frame: Frame, rgba: RgbaTarget): Promise<PaintedPicture>;
}

/** First the size, then the colours: swscale has its fast and exact code for each alone, and slow code for both. */
function createPlainPainter(size: Size): PlainPainter {
  const yuv = {
    format: AV_PIX_FMT_YUV420P,
    colorSpace: AVCOL_SPC_BT709,
    colorRange: AVCOL_RANGE_MPEG,
  } as const;
  const scaler = createScaler(exact);
  const colorer = createScaler(SWS_BICUBIC);
  let opened: { readonly target: Frame; readonly planes: PlaneBytes } | undefined;
  return {
    paint: async (frame, rgba) => {
      opened ??= openPlanes(createTarget({ ...size, ...yuv }));
      const { target, planes } = opened;
      target.colorSpace = frame.colorSpace;
      if (isAlike(frame, { ...size, ...yuv })) check(target.copy(frame), 'copy a picture');
      else check(await scaler.scaleFrame(target, frame), 'scale a picture');
      let pixels: Uint8Array | undefined;
      return {
        get pixels() {
          if (pixels !== undefined) return pixels;
          const { target: colored, pixels: made } = rgba.open();
          check(colorer.scaleFrameSync(colored, target), 'convert YUV to RGBA');
          pixels = made;
          return made;
        },
        isOpaque: true,
        planes: frame.colorSpace === AVCOL_SPC_BT709 ? planes : undefined,
      };
    },
    [Symbol.dispose]: () => {
      for (const context of [scaler, colorer]) context.freeContext();
      opened?.target.free();
    },
  };
}

function openPlanes(target: Frame): { readonly target: Frame; readonly planes: PlaneBytes } {
  const [luma, blue, red] = [0, 1, 2].map((plane) => required(target.data?.[plane], 'plane'));
  const [lumaStride, chromaStride] = [0, 1].map((plane) => required(target.linesize[plane], 'stride'));
  if (!luma || !blue || !red || !lumaStride || !chromaStride)
    throw new TypeError('a picture has three planes');
  return { target, planes: { luma, blue, red, lumaStride, chromaStride } };
}

function isAlike(frame: Frame, wanted: Omit<Target, 'colorSpace'>): boolean {
  const isSameSize = frame.width === wanted.width && frame.height === wanted.height;
  return isSameSize && frame.format === wanted.format && frame.colorRange === wanted.colorRange;
}

interface Target extends Size {
  readonly format: AVPixelFormat;
  readonly colorSpace: AVColorSpace;
  readonly colorRange: AVColorRange;
}

function createTarget({ width, height, format, colorSpace, colorRange }: Target): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  frame.colorSpace = colorSpace;
  frame.colorRange = colorRange;
  frame.colorPrimaries = AVCOL_PRI_BT709;
  frame.colorTrc = AVCOL_TRC_BT709;
  // An alignment of 1: rows without padding.
  check(frame.getBuffer(format === AV_PIX_FMT_RGBA ? 1 : 0), 'allocate a frame');
  return frame;
}

function createScaler(flags: number): SoftwareScaleContext {
  const scaler = new SoftwareScaleContext();
  scaler.allocContext();
  check(scaler.setOption('sws_flags', flags, AV_OPT_TYPE_FLAGS), 'set up the conversion to RGBA');
  return scaler;
}

/**
 * Writes down what the file leaves open about its colours, as players guess it. Wide colours keep their names, so that
 * swscale maps them to the screen's, which takes ten times as long; the small difference between the primaries of SD and
 * HD is left alone, as in every browser.
 *
 * @returns plain for ordinary YUV without transparency, hdr for that of high dynamic range.
 */
function nameColors(frame: Frame): 'plain' | 'hdr' | 'other' {
  const name = avGetPixFmtName(required(frame.format, 'pixel format') as AVPixelFormat) ?? '';
  if (!/^(yuv|nv|p0|p2|p4|y2|gray|uyvy|yuyv)/.test(name)) return 'other';
  if (name.startsWith('yuvj')) frame.colorRange = AVCOL_RANGE_JPEG;
  else if (frame.colorRange !== AVCOL_RANGE_JPEG) frame.colorRange = AVCOL_RANGE_MPEG;
  const isSeeThrough = /^(yuva|ya)/.test(name);
  // Half a sample of colour at an edge cannot be told to the filters.
  if (isHdr(frame) && !isSeeThrough && frame.width % 2 === 0 && frame.height % 2 === 0) return 'hdr';
  if (frame.colorSpace === AVCOL_SPC_UNSPECIFIED || frame.colorSpace === AVCOL_SPC_RGB) {
    frame.colorSpace = frame.height >= smallestHdHeight ? AVCOL_SPC_BT709 : AVCOL_SPC_BT470BG;
  }
  if (isHdr(frame) || frame.colorPrimaries === AVCOL_PRI_BT2020) return 'other';
  frame.colorPrimaries = AVCOL_PRI_BT709;
  frame.colorTrc = AVCOL_TRC_BT709;
  return isSeeThrough ? 'other' : 'plain';
}

const smallestHdHeight = 720;
