import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { Codec, CodecContext, Dictionary, Rational } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';

/** x264's speed presets that are worth their time; slower ones give smaller files. */
export const presets = ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow'] as const;
export type Preset = (typeof presets)[number];

export interface H264Settings {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly preset: Preset;
  /** x264's constant quality: 0 (lossless) to 51; 18 to 23 is usual. */
  readonly crf: number;
  /** Part of the result: another count gives other bytes. Never derive it from the machine. */
  readonly threads: number;
}

/**
 * Opens x264 so that separately encoded chunks can be joined by packet copy: closed GOPs, headers outside the packets,
 * constant frame rate, and nothing that depends on the machine or on how many frames will come.
 */
export async function openH264Encoder(settings: H264Settings): Promise<CodecContext> {
  const codec = required(Codec.findEncoderByName(FF_ENCODER_LIBX264), 'encoder libx264');
  const context = new CodecContext();
  context.allocContext3(codec);
  try {
    describePicture(context, settings);
    context.threadCount = settings.threads;
    context.gopSize = settings.fps * longestGopSeconds;
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_CLOSED_GOP, AV_CODEC_FLAG_BITEXACT);
    using options = Dictionary.fromObject({
      preset: settings.preset,
      crf: settings.crf,
      'x264-params': parameters,
    });
    // Not open2Sync: that one frees the options, and they would be freed again later.
    check(await context.open2(codec, options), 'open the H.264 encoder');
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

/**
 * cpu-independent is what makes the bytes repeatable: x264's AVX-512 code for spreading quality along motion gave up to
 * nine different results in twelve runs (x264 core 165, 320 x 192). The plain code is used for that part instead, and
 * every machine makes the same bytes.
 */
const parameters = 'open-gop=0:force-cfr=1:lookahead-threads=1:cpu-independent=1';

/** A keyframe at least this often, so that players seek quickly. */
const longestGopSeconds = 2;

function describePicture(context: CodecContext, { width, height, fps }: H264Settings): void {
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(1, fps);
  context.framerate = new Rational(fps, 1);
  context.sampleAspectRatio = new Rational(1, 1);
  context.colorRange = AVCOL_RANGE_MPEG;
  context.colorSpace = AVCOL_SPC_BT709;
  context.colorPrimaries = AVCOL_PRI_BT709;
  context.colorTrc = AVCOL_TRC_BT709;
}
