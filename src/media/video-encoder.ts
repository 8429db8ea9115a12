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
import { Codec, CodecContext, Dictionary, Rational } from 'node-av/lib';
import { exactFps, frameRateOf } from '../protocol/frame-rates.ts';
import { type EncoderChoice, encoderOptions, softwareEncoders } from './encoder-options.ts';
import { check, required } from './ffmpeg.ts';
import { connectHardware, type PictureFeed, plainFeed } from './hardware-feed.ts';

export interface VideoEncoderSettings extends EncoderChoice {
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
  /** One of `frameRates`. */
  readonly fps: number;
}

export interface VideoEncoder extends PictureFeed {
  /** Open. Its clock ticks once a frame. */
  readonly context: CodecContext;
}

/**
 * Opens an encoder so that separately encoded chunks can be joined by packet copy: closed GOPs, headers outside the
 * packets, constant frame rate, BT.709, and, in software, nothing that depends on the machine or on how many frames will
 * come. Frames go through `prepare` first.
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
  const kept = resources.move();
  return { context, prepare: (frame) => feed.prepare(frame), [Symbol.dispose]: () => kept.dispose() };
}

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
