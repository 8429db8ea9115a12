import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PROFILE_AAC_LOW,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
} from 'node-av/constants';
import { Codec, CodecContext, CodecParameters, Frame, Packet, Rational } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';
import { type MediaWriter, openMediaWriter } from './media-writer.ts';
import { receiveInto } from './receive.ts';

/**
 * Encodes a programme as AAC-LC, 48 kHz stereo, 192 kb/s, into an M4A. The encoder's 1024 samples of run-up are cut off
 * by the file's edit list, so the first sample that is heard is the first of the programme.
 *
 * @param blocks interleaved stereo samples, in blocks of any length.
 */
export async function writeAacFile(file: string, blocks: AsyncIterable<Float32Array>): Promise<void> {
  using encoder = await openAacEncoder();
  using parameters = new CodecParameters();
  parameters.alloc();
  check(parameters.fromContext(encoder), 'describe the encoded sound');
  using packet = new Packet();
  packet.alloc();
  const timeBase = { num: 1, den: sampleRate };
  await using writer = await openMediaWriter({ file, tracks: [{ parameters, timeBase }] });
  const tools = { encoder, packet, writer };
  let position = 0;
  for await (const frameBlock of regroup(blocks, encoder.frameSize * 2)) {
    using frame = planarFrame(frameBlock, position);
    position += frame.nbSamples;
    await encode(tools, frame);
  }
  await encode(tools, null);
  await writer.finish();
}

const bitsPerSecond = 192_000n;

async function openAacEncoder(): Promise<CodecContext> {
  const codec = required(Codec.findEncoderByName(FF_ENCODER_AAC), 'encoder AAC');
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = sampleRate;
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  context.timeBase = new Rational(1, sampleRate);
  context.bitRate = bitsPerSecond;
  context.profile = AV_PROFILE_AAC_LOW;
  context.threadCount = 1;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT);
  try {
    check(await context.open2(codec), 'open the AAC encoder');
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

/** The same samples in blocks of exactly `length` values; the last one may be shorter. */
async function* regroup(blocks: AsyncIterable<Float32Array>, length: number): AsyncGenerator<Float32Array> {
  const group = new Float32Array(length);
  let filled = 0;
  for await (const block of blocks) {
    for (let taken = 0; taken < block.length; ) {
      const part = block.subarray(taken, taken + length - filled);
      group.set(part, filled);
      taken += part.length;
      filled += part.length;
      if (filled === length) {
        yield group;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield group.subarray(0, filled);
}

function planarFrame(block: Float32Array, startSample: number): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = AV_SAMPLE_FMT_FLTP;
  frame.sampleRate = sampleRate;
  frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  frame.nbSamples = block.length / 2;
  check(frame.getBuffer(0), 'allocate samples');
  frame.pts = BigInt(startSample);
  const planes = required(frame.data, 'samples');
  for (const [channel, bytes] of planes.slice(0, 2).entries()) {
    const plane = new Float32Array(bytes.buffer, bytes.byteOffset, frame.nbSamples);
    for (let sample = 0; sample < plane.length; sample += 1) plane[sample] = block[sample * 2 + channel] ?? 0;
  }
  return frame;
}

interface Tools {
  readonly encoder: CodecContext;
  readonly packet: Packet;
  readonly writer: MediaWriter;
}

async function encode({ encoder, packet, writer }: Tools, frame: Frame | null): Promise<void> {
  check(encoder.sendFrameSync(frame), 'encode the sound');
  while (await receiveInto(packet, (target) => encoder.receivePacketSync(target)))
    await writer.write(0, packet);
}
