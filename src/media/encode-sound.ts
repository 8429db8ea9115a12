import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  type AVSampleFormat,
  type FFAudioEncoder,
} from 'node-av/constants';
import { Codec, CodecContext, CodecParameters, Dictionary, type Frame, Packet, Rational } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';
import { type MediaWriter, openMediaWriter } from './media-writer.ts';
import { receiveInto } from './receive.ts';
import { regroup } from './regroup.ts';
import { createStereoFrames } from './stereo-frame.ts';

export interface SoundEncoding {
  readonly encoder: FFAudioEncoder;
  /** Both keep times exact to the sample. */
  readonly container: 'mp4' | 'ogg';
  /** How the encoder wants its samples: floats, interleaved or one channel after the other, or interleaved 16-bit numbers. */
  readonly sampleFormat: AVSampleFormat;
  readonly bitsPerSecond: number;
  readonly profile?: CodecContext['profile'];
  /** The encoder's own. */
  readonly options?: Readonly<Record<string, string | number>>;
}

/**
 * Encodes a programme, 48 kHz stereo, into a file with nothing but sound. The file tells players to skip the encoder's
 * run-up and what fills up its last packet: the first sample that is heard is the first of the programme, and the last the
 * last.
 *
 * @param blocks interleaved stereo samples, in blocks of any length.
 */
export async function encodeSound(
  file: string,
  blocks: AsyncIterable<Float32Array>,
  encoding: SoundEncoding,
): Promise<void> {
  using encoder = await openSoundEncoder(encoding);
  using parameters = new CodecParameters();
  parameters.alloc();
  check(parameters.fromContext(encoder), 'describe the encoded sound');
  using packet = new Packet();
  packet.alloc();
  const timeBase = { num: 1, den: sampleRate };
  await using writer = await openMediaWriter({
    file,
    container: encoding.container,
    tracks: [{ parameters, timeBase }],
  });
  const tools = { encoder, packet, writer };
  using frames = createStereoFrames(encoding.sampleFormat);
  let position = 0;
  for await (const block of regroup(blocks, encoder.frameSize * 2)) {
    const frame = frames.next(block, position);
    position += frame.nbSamples;
    await encode(tools, frame);
  }
  await encode(tools, null);
  await writer.finish();
}

async function openSoundEncoder(encoding: SoundEncoding): Promise<CodecContext> {
  const codec = required(Codec.findEncoderByName(encoding.encoder), `encoder ${encoding.encoder}`);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = sampleRate;
  context.sampleFormat = encoding.sampleFormat;
  context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  context.timeBase = new Rational(1, sampleRate);
  context.bitRate = BigInt(encoding.bitsPerSecond);
  if (encoding.profile !== undefined) context.profile = encoding.profile;
  context.threadCount = 1;
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT);
  try {
    using options = Dictionary.fromObject({ ...encoding.options });
    check(await context.open2(codec, options), `open the encoder ${encoding.encoder}`);
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

interface Tools {
  readonly encoder: CodecContext;
  readonly packet: Packet;
  readonly writer: MediaWriter;
}

async function encode({ encoder, packet, writer }: Tools, frame: Frame | null): Promise<void> {
  check(encoder.sendFrameSync(frame), 'encode the sound');
  while (await receiveInto(packet, (target) => encoder.receivePacketSync(target))) writer.write(0, packet);
}
