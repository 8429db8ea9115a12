import {
  AV_OPT_TYPE_FLAGS,
  AV_PIX_FMT_RGBA,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_RGB,
  AVCOL_TRC_BT709,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
  SWS_ACCURATE_RND,
  SWS_BICUBIC,
  SWS_FULL_CHR_H_INT,
} from 'node-av/constants';
import {
  type CodecContext,
  type FormatContext,
  Frame,
  Packet,
  SoftwareScaleContext,
  type Stream,
} from 'node-av/lib';
import { check, required } from './ffmpeg.ts';
import { openDecoder } from './open-decoder.ts';
import { finishedFormats, openMedia } from './open-media.ts';
import { receiveInto } from './receive.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits, sRGB, rows without padding. */
  readonly pixels: Uint8Array;
}

export interface DecodedPicture extends Picture {
  /** Number of the frame, from 0. */
  readonly index: number;
}

/**
 * Decodes pictures of an MP4 or WebM in the order they are shown, from one frame on.
 *
 * @param startFrame the first one wanted; decoding begins at the keyframe before it.
 */
export async function* decodePictures(file: string, startFrame = 0): AsyncGenerator<DecodedPicture> {
  let painter: Painter | undefined;
  try {
    for await (const { index, frame } of framesFrom(file, startFrame)) {
      painter ??= createPainter(frame);
      yield { index, ...(await painter.paint(frame)) };
    }
  } finally {
    painter?.[Symbol.dispose]();
  }
}

/** @throws {RangeError} when the video has no such frame. */
export async function decodePicture(file: string, index: number): Promise<Picture> {
  for await (const picture of decodePictures(file, index)) {
    if (picture.index === index) return picture;
    break;
  }
  throw missing(file, index);
}

/** Decodes a picture without making it visible. @throws {RangeError} when the video has no such frame. */
export async function checkPicture(file: string, index: number): Promise<void> {
  for await (const first of framesFrom(file, index)) {
    if (first.index === index) return;
    break;
  }
  throw missing(file, index);
}

function missing(file: string, index: number): RangeError {
  return new RangeError(`${file} has no frame ${index}`);
}

interface NumberedFrame {
  readonly index: number;
  /** The same object every time. */
  readonly frame: Frame;
}

async function* framesFrom(file: string, startFrame: number): AsyncGenerator<NumberedFrame> {
  const context = await openMedia(file, finishedFormats, { decodes: false });
  try {
    const stream = required(context.streams[context.findBestStream(AVMEDIA_TYPE_VIDEO)], 'video in the file');
    if (startFrame > 0) {
      const time = BigInt(Math.round(startFrame * ticksPerFrame(stream)));
      check(await context.seekFrame(stream.index, time, AVSEEK_FLAG_BACKWARD), 'seek');
    }
    using decoder = await openDecoder(stream);
    for await (const frame of decodedFrames({ context, stream, decoder, startFrame })) {
      const index = Math.round(Number(frame.pts) / ticksPerFrame(stream));
      if (index >= startFrame) yield { index, frame };
    }
  } finally {
    await context.closeInput();
  }
}

function ticksPerFrame({ avgFrameRate, timeBase }: Stream): number {
  return (avgFrameRate.den * timeBase.den) / (avgFrameRate.num * timeBase.num);
}

interface Decoding {
  readonly context: FormatContext;
  readonly stream: Stream;
  readonly decoder: CodecContext;
  /** Of the frames before, only those are decoded that others refer to. */
  readonly startFrame: number;
}

/** The same frame object every time. */
async function* decodedFrames({ context, stream, decoder, startFrame }: Decoding): AsyncGenerator<Frame> {
  const startTicks = Math.round(startFrame * ticksPerFrame(stream));
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  for (let isOpen = true; isOpen; ) {
    const code = await context.readFrame(packet);
    isOpen = code !== AVERROR_EOF;
    if (isOpen) check(code, 'read the video');
    if (isOpen && packet.streamIndex !== stream.index) {
      packet.unref();
      continue;
    }
    const isWanted = !isOpen || packet.pts >= startTicks;
    check(decoder.setOption('skip_frame', isWanted ? 'default' : 'noref'), 'set up the decoder');
    check(await decoder.sendPacket(isOpen ? packet : null), 'decode the video');
    packet.unref();
    while (await receiveInto(frame, (target) => decoder.receiveFrame(target))) yield frame;
  }
}

interface Painter extends Disposable {
  paint(frame: Frame): Promise<Picture>;
}

function createPainter({ width, height }: Frame): Painter {
  const rgba = new Frame();
  rgba.alloc();
  rgba.width = width;
  rgba.height = height;
  rgba.format = AV_PIX_FMT_RGBA;
  rgba.colorSpace = AVCOL_SPC_RGB;
  rgba.colorRange = AVCOL_RANGE_JPEG;
  rgba.colorPrimaries = AVCOL_PRI_BT709;
  rgba.colorTrc = AVCOL_TRC_BT709;
  check(rgba.getBuffer(0), 'allocate a frame');
  const scaler = new SoftwareScaleContext();
  scaler.allocContext();
  scaler.setOption('sws_flags', SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, AV_OPT_TYPE_FLAGS);
  return {
    paint: async (frame) => {
      check(await scaler.scaleFrame(rgba, frame), 'convert YUV to RGBA');
      return { width, height, pixels: withoutPadding(rgba) };
    },
    [Symbol.dispose]: () => {
      scaler.freeContext();
      rgba.free();
    },
  };
}

function withoutPadding(frame: Frame): Uint8Array {
  const plane = required(frame.data?.[0], 'RGBA plane');
  const stride = required(frame.linesize[0], 'RGBA stride');
  const rowBytes = frame.width * 4;
  const pixels = new Uint8Array(rowBytes * frame.height);
  for (let row = 0; row < frame.height; row += 1) {
    pixels.set(plane.subarray(row * stride, row * stride + rowBytes), row * rowBytes);
  }
  return pixels;
}
