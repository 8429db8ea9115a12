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

/** Turns decoded pictures of any kind and size into RGBA of one size. */
export interface ClipPainter extends Disposable {
  /** Its pixels are valid until the next call. */
  paint(frame: Frame): Promise<PaintedPicture>;
}

export interface PaintedPicture {
  /** RGBA, sRGB, not premultiplied, rows without padding, in the order they are stored. */
  readonly pixels: Uint8Array;
  /** Whether it is of a kind that has no transparency. */
  readonly isOpaque: boolean;
}

export function createClipPainter(size: Size): ClipPainter {
  const rgb = { format: AV_PIX_FMT_RGBA, colorSpace: AVCOL_SPC_RGB, colorRange: AVCOL_RANGE_JPEG };
  const rgba = createTarget({ ...size, ...rgb });
  const yuv = {
    format: AV_PIX_FMT_YUV420P,
    colorSpace: AVCOL_SPC_BT709,
    colorRange: AVCOL_RANGE_MPEG,
  } as const;
  let scaled: Frame | undefined;
  // Rounded the same way whatever the processor can do.
  const exact = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT;
  const scaler = createScaler(exact);
  const colorer = createScaler(SWS_BICUBIC);
  const exactScaler = createScaler(exact | SWS_FULL_CHR_H_INT);
  const toneMap = createHdrToneMap(size);
  // Asked for once: each answer is megabytes that the garbage collector has to account for.
  const { buffer, byteOffset } = required(rgba.data?.[0], 'RGBA plane');
  // No Buffer: a slice of one is not a copy.
  const pixels = new Uint8Array(buffer, byteOffset, size.width * size.height * 4);
  return {
    paint: async (frame) => {
      const kind = nameColors(frame);
      if (kind === 'hdr') await toneMap.paint(frame, pixels);
      else if (kind === 'plain') {
        // First the size, then the colours: swscale has its fast and exact code for each alone, and slow code for both.
        let ready = frame;
        if (!isAlike(frame, { ...size, ...yuv })) {
          scaled ??= createTarget({ ...size, ...yuv });
          scaled.colorSpace = frame.colorSpace;
          check(await scaler.scaleFrame(scaled, frame), 'scale a picture');
          ready = scaled;
        }
        check(await colorer.scaleFrame(rgba, ready), 'convert YUV to RGBA');
      } else {
        check(await exactScaler.scaleFrame(rgba, frame), 'convert a picture to RGBA');
      }
      return { pixels, isOpaque: kind !== 'other' };
    },
    [Symbol.dispose]: () => {
      for (const context of [scaler, colorer, exactScaler]) context.freeContext();
      toneMap[Symbol.dispose]();
      rgba.free();
      scaled?.free();
    },
  };
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
