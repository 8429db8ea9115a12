import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  FF_ENCODER_FLAC,
  FF_ENCODER_LIBMP3LAME,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_LIBVORBIS,
} from 'node-av/constants';
import { Codec, CodecContext, FormatContext, Frame, Packet, Rational } from 'node-av/lib';
import { check, required } from '../../../src/media/ffmpeg.ts';
import { receiveInto } from '../../../src/media/receive.ts';

const encoders = {
  mp3: { name: FF_ENCODER_LIBMP3LAME, sampleFormat: AV_SAMPLE_FMT_FLTP },
  ogg: { name: FF_ENCODER_LIBVORBIS, sampleFormat: AV_SAMPLE_FMT_FLTP },
  flac: { name: FF_ENCODER_FLAC, sampleFormat: AV_SAMPLE_FMT_S16 },
  webm: { name: FF_ENCODER_LIBOPUS, sampleFormat: AV_SAMPLE_FMT_FLT },
  matroska: { name: FF_ENCODER_FLAC, sampleFormat: AV_SAMPLE_FMT_S16 },
} as const;

interface Sound {
  readonly format: keyof typeof encoders;
  /** Mono. */
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

/** Writes a sound as people's files have it. */
export async function writeEncoded(file: string, { format, samples, sampleRate }: Sound): Promise<void> {
  using encoder = await openEncoder(format, sampleRate);
  const context = new FormatContext();
  check(context.allocOutputContext2(null, format, file), 'set up the file');
  const stream = context.newStream();
  check(stream.codecpar.fromContext(encoder), 'describe the sound');
  stream.timeBase = new Rational(1, sampleRate);
  check(await context.openOutput(), 'create the file');
  check(await context.writeHeader(), 'write the header');
  using packet = new Packet();
  packet.alloc();
  const write = async (frame: Frame | null) => {
    check(encoder.sendFrameSync(frame), 'encode');
    while (await receiveInto(packet, (target) => encoder.receivePacketSync(target))) {
      packet.streamIndex = 0;
      packet.rescaleTs({ num: 1, den: sampleRate }, stream.timeBase);
      check(await context.interleavedWriteFrame(packet), 'write');
    }
  };
  const step = encoder.frameSize > 0 ? encoder.frameSize : 1_024;
  for (let start = 0; start < samples.length; start += step) {
    using frame = monoFrame(samples.subarray(start, start + step), { encoder, start });
    await write(frame);
  }
  await write(null);
  check(await context.writeTrailer(), 'end the file');
  await context.closeOutput();
  context.freeContext();
}

async function openEncoder(format: Sound['format'], sampleRate: number): Promise<CodecContext> {
  const { name, sampleFormat } = encoders[format];
  const codec = required(Codec.findEncoderByName(name), name);
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.sampleRate = sampleRate;
  encoder.sampleFormat = sampleFormat;
  encoder.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  encoder.timeBase = new Rational(1, sampleRate);
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  check(await encoder.open2(codec), 'open the encoder');
  return encoder;
}

function monoFrame(
  samples: Float32Array,
  { encoder, start }: { encoder: CodecContext; start: number },
): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = encoder.sampleFormat;
  frame.sampleRate = encoder.sampleRate;
  frame.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  frame.nbSamples = samples.length;
  check(frame.getBuffer(0), 'allocate samples');
  frame.pts = BigInt(start);
  const bytes = required(frame.data?.[0], 'samples');
  if (encoder.sampleFormat !== AV_SAMPLE_FMT_S16) {
    bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  } else {
    for (const [index, sample] of samples.entries())
      bytes.writeInt16LE(Math.round(sample * 32_767), index * 2);
  }
  return frame;
}
