import {
  FF_ENCODER_LIBSVTAV1,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
} from 'node-av/constants';
import type { Codec, EncodingSpeed, Quality } from '../protocol/output.ts';
import { type HardwareEncoder, hardwareOptions } from './hardware-encoders.ts';

/** x264's speed presets that are worth their time; slower ones give smaller files. */
export const presets = ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow'] as const;
export type Preset = (typeof presets)[number];

/** What the choice of an encoder's own options depends on. */
export interface EncoderChoice {
  readonly codec: Codec;
  readonly quality?: Quality | undefined;
  readonly speed?: EncodingSpeed | undefined;
  /** The encoder's own number for its constant quality, instead of `quality`. */
  readonly crf?: number | undefined;
  /** H.264 only: x264's preset by its own name, instead of `speed`. */
  readonly preset?: Preset | undefined;
  /** Instead of software: only what `findHardwareEncoder` has found to work on this very machine. */
  readonly hardwareEncoder?: HardwareEncoder | undefined;
  /** Part of the result: another count may give other bytes. Never derive it from the machine. */
  readonly threads: number;
  /** Pixels. */
  readonly width: number;
}

export type EncoderOptions = Readonly<Record<string, string | number>>;

/** The encoders in FFmpeg that make each codec. */
export const softwareEncoders = {
  h264: FF_ENCODER_LIBX264,
  hevc: FF_ENCODER_LIBX265,
  av1: FF_ENCODER_LIBSVTAV1,
  vp9: FF_ENCODER_LIBVPX_VP9,
} as const satisfies Record<Codec, string>;

/**
 * An encoder's own options. In software all make closed GOPs and bytes that depend on nothing but the pictures and these
 * options: not on the machine, nor on chance, nor on how many frames will come.
 */
export function encoderOptions(choice: EncoderChoice): EncoderOptions {
  const { quality = 'standard', speed = 'fast', hardwareEncoder } = choice;
  const crf = choice.crf ?? crfs[choice.codec][quality];
  if (hardwareEncoder !== undefined) return hardwareOptions(hardwareEncoder, { quality, speed, crf });
  return optionsOf[choice.codec](choice, crf);
}

/** Each encoder counts quality on its own scale; the numbers of a column were measured to give about the same SSIM. */
const crfs = {
  h264: { draft: 26, standard: 20, high: 17 },
  hevc: { draft: 30, standard: 22, high: 19 },
  av1: { draft: 40, standard: 26, high: 18 },
  vp9: { draft: 42, standard: 29, high: 24 },
} as const satisfies Record<Codec, Record<Quality, number>>;

const x264Speeds = { fast: 'veryfast', balanced: 'medium', slow: 'slow' } as const;
const svtSpeeds = { fast: 9, balanced: 7, slow: 5 } as const;
/** libvpx's way for live video is four times as fast as its other, for a tenth more bytes at the same quality. */
const vpxSpeeds = {
  fast: { deadline: 'realtime', 'cpu-used': 6 },
  balanced: { deadline: 'good', 'cpu-used': 5 },
  slow: { deadline: 'good', 'cpu-used': 2 },
} as const;

const optionsOf = {
  h264: ({ speed = 'fast', preset = x264Speeds[speed] }, crf) => ({
    preset,
    crf,
    'x264-params': [x264Parameters, ...(x264Memory[preset] ?? [])].join(':'),
  }),
  hevc: ({ speed = 'fast', threads }, crf) => ({
    preset: x264Speeds[speed],
    crf,
    'x265-params': x265Parameters(threads),
  }),
  av1: ({ speed = 'fast', threads }, crf) => ({
    preset: svtSpeeds[speed],
    crf,
    'svtav1-params': `lp=${threads}:irefresh-type=2`,
  }),
  vp9: ({ speed = 'fast', width }, crf) => ({
    ...vpxSpeeds[speed],
    crf,
    // Zero: the quality alone decides.
    b: 0,
    'row-mt': 0,
    // Players decode columns side by side. Binary logarithm.
    'tile-columns': width >= 2560 ? 2 : width >= 1280 ? 1 : 0,
  }),
} as const satisfies Record<Codec, (choice: EncoderChoice, crf: number) => EncoderOptions>;

/**
 * cpu-independent is what makes the bytes repeatable: x264's AVX-512 code for spreading quality along motion gave up to
 * nine different results in twelve runs (x264 core 165, 320 x 192). The plain code is used for that part instead, and
 * every machine makes the same bytes.
 *
 * Without weightb and with direct=spatial nothing in a stream depends on how far its pictures are apart, so that others can
 * be put between them (`repeating-encoder.ts`). Measured: 1 % more bytes where all moves.
 */
const x264Parameters = 'open-gop=0:lookahead-threads=1:cpu-independent=1:weightb=0:direct=spatial';

/**
 * Every frame that is looked at ahead takes 7 MB at 1080p, every one that may be referred to 12. Measured with the reference
 * videos of `bench/`: twenty frames ahead instead of 40 are 0 to 0.7 % more bytes at the same SSIM, 15 another 0.3 to 1.1 %, 13 another 0.2 %, ten 2 to 4 %; two
 * reference frames instead of three are 1.5 to 5 %. With one reference frame a strict pyramid gives the same pictures in as many bytes.
 * `veryfast` looks ten ahead, and five would be 5 to 9 % more.
 */
const x264Memory: Partial<Record<Preset, readonly string[]>> = {
  veryfast: ['b-pyramid=strict'],
  fast: ['rc-lookahead=20'],
  medium: ['rc-lookahead=13'],
  slow: ['rc-lookahead=20'],
};

/** info=0: its banner would name the machine's instruction sets in the headers. */
function x265Parameters(threads: number): string {
  const pool = threads > 1 ? `wpp=1:pools=${threads}` : 'wpp=0:pools=none';
  return `open-gop=0:info=0:frame-threads=1:log-level=none:${pool}`;
}
