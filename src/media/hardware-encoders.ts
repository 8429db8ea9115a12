import {
  FF_ENCODER_AV1_NVENC,
  FF_ENCODER_AV1_QSV,
  FF_ENCODER_AV1_VAAPI,
  FF_ENCODER_H264_NVENC,
  FF_ENCODER_H264_QSV,
  FF_ENCODER_H264_VAAPI,
  FF_ENCODER_H264_VIDEOTOOLBOX,
  FF_ENCODER_HEVC_NVENC,
  FF_ENCODER_HEVC_QSV,
  FF_ENCODER_HEVC_VAAPI,
  FF_ENCODER_HEVC_VIDEOTOOLBOX,
  FF_ENCODER_VP9_QSV,
  FF_ENCODER_VP9_VAAPI,
} from 'node-av/constants';
import type { Codec, EncodingSpeed, Quality } from '../protocol/output.ts';

/** The encoders of graphics cards and processors that could make each codec, the most usual first. */
export const hardwareEncoders = {
  h264: [FF_ENCODER_H264_NVENC, FF_ENCODER_H264_QSV, FF_ENCODER_H264_VAAPI, FF_ENCODER_H264_VIDEOTOOLBOX],
  hevc: [FF_ENCODER_HEVC_NVENC, FF_ENCODER_HEVC_QSV, FF_ENCODER_HEVC_VAAPI, FF_ENCODER_HEVC_VIDEOTOOLBOX],
  av1: [FF_ENCODER_AV1_NVENC, FF_ENCODER_AV1_QSV, FF_ENCODER_AV1_VAAPI],
  vp9: [FF_ENCODER_VP9_QSV, FF_ENCODER_VP9_VAAPI],
} as const satisfies Record<Codec, readonly string[]>;
export type HardwareEncoder = (typeof hardwareEncoders)[Codec][number];

const families = ['nvenc', 'qsv', 'vaapi', 'videotoolbox'] as const;
export type HardwareFamily = (typeof families)[number];

export function familyOf(encoder: HardwareEncoder): HardwareFamily {
  const family = families.find((one) => encoder.endsWith(`_${one}`));
  if (family === undefined) throw new Error(`${encoder} is no known kind of encoder`);
  return family;
}

/**
 * A hardware encoder's own options: constant quality, and no B-frames, which not every card has. Its bytes depend on the
 * card and its driver, so chunks of one video must come from the same kind of machine.
 */
export function hardwareOptions(
  encoder: HardwareEncoder,
  { quality, speed, crf }: { readonly quality: Quality; readonly speed: EncodingSpeed; readonly crf: number },
): Record<string, string | number> {
  const isWideScale = encoder.startsWith('av1') || encoder.startsWith('vp9');
  switch (familyOf(encoder)) {
    case 'nvenc':
      return { bf: 0, preset: nvencPresets[speed], rc: 'vbr', b: 0, cq: crf };
    case 'qsv':
      return { bf: 0, preset: qsvPresets[speed], global_quality: crf };
    case 'vaapi':
      // The quantiser of AV1 and VP9 goes up to 255 there.
      return { bf: 0, rc_mode: 'CQP', global_quality: isWideScale ? crf * 4 : crf };
    case 'videotoolbox':
      return { bf: 0, flags: '+qscale', global_quality: appleQualities[quality] * lambdasPerPercent };
  }
}

const nvencPresets = { fast: 'p2', balanced: 'p4', slow: 'p6' } as const;
const qsvPresets = { fast: 'veryfast', balanced: 'medium', slow: 'slower' } as const;
/** Percent. */
const appleQualities = { draft: 45, standard: 60, high: 75 } as const;
/** FFmpeg counts quality in lambdas (FF_QP2LAMBDA). */
const lambdasPerPercent = 118;
