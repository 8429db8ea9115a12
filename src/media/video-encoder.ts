import { env } from 'node:process';
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  CodecParameters,
  Dictionary,
  type Frame,
  type Packet,
  Rational,
} from 'node-av/lib';
import { exactFps, frameRateOf } from '../protocol/frame-rates.ts';
import { type EncoderChoice, encoderOptions, softwareEncoders } from './encoder-options.ts';
import { check, required } from './ffmpeg.ts';
import { connectHardware, type PictureFeed, plainFeed } from './hardware-feed.ts';
import { receiveInto } from './receive.ts';

export interface VideoEncoderSettings extends EncoderChoice {
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
  /** One of `frameRates`. */
  readonly fps: number;
}

export interface VideoEncoder extends Disposable {
  /** Open. Its clock ticks once a frame. */
  readonly context: CodecContext;
  /** What a file says about the track. The caller frees them. */
  parameters(): CodecParameters;
  /**
   * Hands over a frame by its number. The same object as the last time shows the same; until another has been handed
   * over it stays as it is.
   */
  send(frame: Frame, index: number): Promise<void>;
  /** Says that no frame will follow. */
  end(): Promise<void>;
  /** Fills in the next packet, timed in frames. False when it needs more frames, or there are no more packets. */
  receive(packet: Packet): Promise<boolean>;
}

/**
 * Opens an encoder so that separately encoded chunks can be joined by packet copy: closed GOPs, headers outside the
 * packets, constant frame rate, BT.709, and, in software, nothing that depends on the machine or on how many frames will
 * come.
 */
export async function openVideoEncoder(settings: VideoEncoderSettings): Promise<VideoEncoder> {
  const name = settings.hardwareEncoder ?? softwareEncoders[settings.codec];
  // SVT-AV1 has no other way to be told not to describe itself on stderr; 1 leaves its errors.
  if (settings.codec === 'av1') env['SVT_LOG'] ??= '1';
  const codec = required(Codec.findEncoderByName(name), `encoder ${name}`);
  using resources = new DisposableStack();
  const context = resources.adopt(new CodecContext(), (one) => one.freeContext());
  context.allocContext3(codec);
  describePicture(context, settings);
  const feed = resources.use(feedFor(context, settings));
  context.threadCount = settings.threads;
  context.gopSize = Math.round(exactFps(settings.fps) * longestGopSeconds);
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_CLOSED_GOP, AV_CODEC_FLAG_BITEXACT);
  using options = Dictionary.fromObject({ ...encoderOptions(settings) });
  // Not open2Sync: that one frees the options, and they would be freed again later.
  check(await context.open2(codec, options), `open the encoder ${name}`);
  const isX265 = settings.codec === 'hevc' && settings.hardwareEncoder === undefined;
  return encoderOn({ context, feed, resources: resources.move(), isX265 });
}

interface Opened {
  readonly context: CodecContext;
  readonly feed: PictureFeed;
  readonly resources: DisposableStack;
  readonly isX265: boolean;
}

function encoderOn({ context, feed, resources, isX265 }: Opened): VideoEncoder {
  let packetCount = 0;
  return {
    context,
    parameters: () => parametersOf(context),
    send: async (frame, index) => {
      const picture = await feed.prepare(frame);
      picture.pts = BigInt(index);
      picture.duration = 1n;
      check(await context.sendFrame(picture), `encode frame ${index}`);
    },
    end: async () => {
      check(await context.sendFrame(null), 'end the encoding');
    },
    receive: async (packet) => {
      if (!(await receiveInto(packet, (target) => context.receivePacketSync(target)))) return false;
      packet.duration = 1n;
      if (isX265) packet.dts = BigInt(packetCount - x265ReorderedFrames);
      packetCount += 1;
      return true;
    },
    [Symbol.dispose]: () => resources.dispose(),
  };
}

function parametersOf(encoder: CodecContext): CodecParameters {
  const parameters = new CodecParameters();
  parameters.alloc();
  check(parameters.fromContext(encoder), 'describe the encoded video');
  return parameters;
}

/**
 * x265 takes the decoding times of a video from its third frame, and from uninitialised memory when it has none: so
 * they are counted here. Its B-frames refer to each other, which puts two frames off.
 */
const x265ReorderedFrames = 2;

function feedFor(context: CodecContext, settings: VideoEncoderSettings): PictureFeed {
  const { hardwareEncoder } = settings;
  return hardwareEncoder === undefined ? plainFeed : connectHardware(context, hardwareEncoder, settings);
}

/** A keyframe at least this often, so that players seek quickly. */
const longestGopSeconds = 2;

/** Size, clock and colours of what will be encoded. */
function describePicture(
  context: CodecContext,
  { width, height, fps }: Pick<VideoEncoderSettings, 'width' | 'height' | 'fps'>,
): void {
  const { numerator, denominator } = frameRateOf(fps);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(denominator, numerator);
  context.framerate = new Rational(numerator, denominator);
  context.sampleAspectRatio = new Rational(1, 1);
  context.colorRange = AVCOL_RANGE_MPEG;
  context.colorSpace = AVCOL_SPC_BT709;
  context.colorPrimaries = AVCOL_PRI_BT709;
  context.colorTrc = AVCOL_TRC_BT709;
}
