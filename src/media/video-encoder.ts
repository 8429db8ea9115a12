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

export interface VideoEncoderSettings extends EncoderChoice {
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
  /** One of `frameRates`. */
  readonly fps: number;
}

/**
 * Opens a software encoder so that separately encoded chunks can be joined by packet copy: closed GOPs, headers outside
 * the packets, constant frame rate, BT.709, and nothing that depends on the machine or on how many frames will come. Its
 * clock ticks once a frame.
 */
export async function openVideoEncoder(settings: VideoEncoderSettings): Promise<CodecContext> {
  const name = softwareEncoders[settings.codec];
  // SVT-AV1 has no other way to be told not to describe itself on stderr; 1 leaves its errors.
  if (settings.codec === 'av1') env['SVT_LOG'] ??= '1';
  const codec = required(Codec.findEncoderByName(name), `encoder ${name}`);
  const context = new CodecContext();
  context.allocContext3(codec);
  try {
    describePicture(context, settings);
    context.threadCount = settings.threads;
    context.gopSize = Math.round(exactFps(settings.fps) * longestGopSeconds);
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_CLOSED_GOP, AV_CODEC_FLAG_BITEXACT);
    using options = Dictionary.fromObject({ ...encoderOptions(settings) });
    // Not open2Sync: that one frees the options, and they would be freed again later.
    check(await context.open2(codec, options), `open the encoder ${name}`);
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

/** A keyframe at least this often, so that players seek quickly. */
const longestGopSeconds = 2;

/** Size, clock and colours of what will be encoded. */
export function describePicture(
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
