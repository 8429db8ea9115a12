import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_LOG_FATAL,
  AV_PIX_FMT_RGB8,
  AV_PIX_FMT_RGBA,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVA420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_RGB,
  FF_ENCODER_AAC,
  FF_ENCODER_GIF,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_LIBSVTAV1,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  Log,
  Packet,
  Rational,
  SoftwareScaleContext,
} from 'node-av/lib';
import { check, required } from '../../../src/media/ffmpeg.ts';
import { receiveInto } from '../../../src/media/receive.ts';

const kinds = {
  h264: { encoder: FF_ENCODER_LIBX264, format: AV_PIX_FMT_YUV420P, sound: FF_ENCODER_AAC },
  hevc: { encoder: FF_ENCODER_LIBX265, format: AV_PIX_FMT_YUV420P, sound: FF_ENCODER_AAC },
  av1: { encoder: FF_ENCODER_LIBSVTAV1, format: AV_PIX_FMT_YUV420P, sound: FF_ENCODER_LIBOPUS },
  vp9: { encoder: FF_ENCODER_LIBVPX_VP9, format: AV_PIX_FMT_YUV420P, sound: FF_ENCODER_LIBOPUS },
  'vp9-alpha': { encoder: FF_ENCODER_LIBVPX_VP9, format: AV_PIX_FMT_YUVA420P, sound: FF_ENCODER_LIBOPUS },
  gif: { encoder: FF_ENCODER_GIF, format: AV_PIX_FMT_RGB8, sound: undefined },
} as const;

export interface TestVideo {
  readonly kind: keyof typeof kinds;
  readonly width: number;
  readonly height: number;
  /** RGBA of each picture, and when it begins, in milliseconds. */
  readonly pictures: readonly { readonly pixels: Uint8Array; readonly timeMs: number }[];
  /** The encoder's own. */
  readonly options?: Readonly<Record<string, string | number>>;
  /** A display matrix: nine numbers. */
  readonly matrix?: readonly number[];
  readonly pixelAspect?: readonly [number, number];
  /** 48 kHz, interleaved stereo. */
  readonly sound?: Float32Array;
  /** The container's own settings. */
  readonly muxer?: Readonly<Record<string, string | number>>;
  /** How much later than the pictures the sound begins. */
  readonly soundDelayMs?: number;
}

/** Writes a clip as people's files have it; the format follows from the file's name. */
export async function writeVideo(file: string, video: TestVideo): Promise<void> {
  Log.setLevel(AV_LOG_FATAL);
  using encoder = await openEncoder(video);
  const sound = video.sound === undefined ? undefined : await openSoundEncoder(video);
  const context = new FormatContext();
  check(context.allocOutputContext2(null, null, file), 'set up the file');
  addStreams(context, video, [encoder, ...(sound ? [sound] : [])]);
  check(await context.openOutput(), 'create the file');
  using settings = Dictionary.fromObject({ ...video.muxer });
  check(await context.writeHeader(settings), 'write the header');
  const write = writerOf(context, video);
  for (const picture of video.pictures) {
    using frame = toFrame(picture, video);
    await write(encoder, 0, frame);
  }
  await write(encoder, 0, null);
  if (sound !== undefined && video.sound !== undefined) {
    const step = sound.frameSize * 2;
    for (let start = 0; start + step <= video.sound.length; start += step) {
      using frame = soundFrame(video.sound.subarray(start, start + step), {
        sound,
        start: start / 2 + (video.soundDelayMs ?? 0) * 48,
      });
      await write(sound, 1, frame);
    }
    await write(sound, 1, null);
    sound.freeContext();
  }
  check(await context.writeTrailer(), 'end the file');
  await context.closeOutput();
  context.freeContext();
}

/** How long the last picture stays. */
export const lastPictureMs = 40;

const millisecond = { num: 1, den: 1000 };

async function openEncoder({ kind, width, height, options, pixelAspect }: TestVideo): Promise<CodecContext> {
  const { encoder: name, format } = kinds[kind];
  const codec = required(Codec.findEncoderByName(name), name);
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.width = width;
  encoder.height = height;
  encoder.pixelFormat = format;
  encoder.timeBase = new Rational(millisecond.num, millisecond.den);
  // Some take one tick for one picture otherwise, and refuse a thousand a second.
  encoder.framerate = new Rational(30, 1);
  if (pixelAspect !== undefined) encoder.sampleAspectRatio = new Rational(...pixelAspect);
  if (kind !== 'gif') {
    encoder.colorSpace = AVCOL_SPC_BT709;
    encoder.colorRange = AVCOL_RANGE_MPEG;
    encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  }
  encoder.threadCount = 1;
  using settings = Dictionary.fromObject({ ...options });
  check(await encoder.open2(codec, settings), 'open the encoder');
  return encoder;
}

async function openSoundEncoder({ kind }: TestVideo): Promise<CodecContext> {
  const name = required(kinds[kind].sound, 'sound in this format');
  const codec = required(Codec.findEncoderByName(name), name);
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.sampleRate = 48_000;
  encoder.sampleFormat = name === FF_ENCODER_AAC ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT;
  encoder.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  encoder.timeBase = new Rational(1, 48_000);
  encoder.bitRate = 192_000n;
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  check(await encoder.open2(codec), 'open the encoder');
  return encoder;
}

function addStreams(context: FormatContext, video: TestVideo, encoders: readonly CodecContext[]): void {
  for (const [index, encoder] of encoders.entries()) {
    const stream = context.newStream();
    check(stream.codecpar.fromContext(encoder), 'describe a stream');
    stream.timeBase = encoder.timeBase;
    if (index > 0) continue;
    if (video.matrix !== undefined) {
      const matrix = Buffer.alloc(36);
      for (const [at, value] of video.matrix.entries()) matrix.writeInt32LE(value, at * 4);
      check(stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, matrix), 'turn the picture');
    }
    if (video.kind === 'vp9-alpha') stream.metadata = Dictionary.fromObject({ alpha_mode: '1' });
    if (video.pixelAspect !== undefined) stream.sampleAspectRatio = new Rational(...video.pixelAspect);
  }
}

function writerOf(context: FormatContext, { pictures }: TestVideo) {
  const durations = new Map(pictures.map(({ timeMs }, index) => [BigInt(timeMs), duration(pictures, index)]));
  return async (encoder: CodecContext, index: number, frame: Frame | null): Promise<void> => {
    using packet = new Packet();
    packet.alloc();
    check(encoder.sendFrameSync(frame), 'encode');
    while (await receiveInto(packet, (target) => encoder.receivePacketSync(target))) {
      packet.streamIndex = index;
      // Encoders forget it, and an MP4 whose last picture lasts no time does not show it.
      if (index === 0) packet.duration = durations.get(packet.pts) ?? 0n;
      packet.rescaleTs(encoder.timeBase, required(context.streams[index], 'stream').timeBase);
      check(await context.interleavedWriteFrame(packet), 'write');
    }
  };
}

function duration(pictures: TestVideo['pictures'], index: number): bigint {
  const start = pictures[index]?.timeMs ?? 0;
  return BigInt((pictures[index + 1]?.timeMs ?? start + lastPictureMs) - start);
}

function toFrame({ pixels, timeMs }: TestVideo['pictures'][number], video: TestVideo): Frame {
  using rgba = allocate(video, AV_PIX_FMT_RGBA);
  const plane = required(rgba.data?.[0], 'plane');
  const stride = required(rgba.linesize[0], 'stride');
  for (let row = 0; row < video.height; row += 1) {
    plane.set(pixels.subarray(row * video.width * 4, (row + 1) * video.width * 4), row * stride);
  }
  const frame = allocate(video, kinds[video.kind].format);
  using scaler = new SoftwareScaleContext();
  scaler.allocContext();
  check(scaler.scaleFrameSync(frame, rgba), 'convert');
  frame.pts = BigInt(timeMs);
  return frame;
}

function allocate({ width, height }: TestVideo, format: Frame['format']): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  const isRgb = format === AV_PIX_FMT_RGBA || format === AV_PIX_FMT_RGB8;
  frame.colorSpace = isRgb ? AVCOL_SPC_RGB : AVCOL_SPC_BT709;
  frame.colorRange = isRgb ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  check(frame.getBuffer(0), 'allocate a frame');
  return frame;
}

function soundFrame(block: Float32Array, { sound, start }: { sound: CodecContext; start: number }): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = sound.sampleFormat;
  frame.sampleRate = 48_000;
  frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  frame.nbSamples = block.length / 2;
  check(frame.getBuffer(0), 'allocate samples');
  frame.pts = BigInt(start);
  const planes = required(frame.data, 'samples');
  if (sound.sampleFormat === AV_SAMPLE_FMT_FLT) {
    new Float32Array(required(planes[0], 'samples').buffer, planes[0]?.byteOffset, block.length).set(block);
    return frame;
  }
  for (const channel of [0, 1]) {
    const bytes = required(planes[channel], 'samples');
    const plane = new Float32Array(bytes.buffer, bytes.byteOffset, frame.nbSamples);
    for (let at = 0; at < plane.length; at += 1) plane[at] = block[at * 2 + channel] ?? 0;
  }
  return frame;
}
