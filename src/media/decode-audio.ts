import { setImmediate } from 'node:timers/promises';
import {
  AV_NOPTS_VALUE,
  AVERROR_EOF,
  AVERROR_INVALIDDATA,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { type CodecContext, type FormatContext, Frame, Packet, type Stream } from 'node-av/lib';
import { AuraError } from '../protocol/index.ts';
import { check } from './ffmpeg.ts';
import { openDecoder } from './open-decoder.ts';
import { openMedia } from './open-media.ts';
import { createResampler } from './resampler.ts';

/** FFmpeg's names of the formats a sound may come in: WAV, MP3, FLAC, Ogg, and M4A or MP4. */
export const audioFormats = ['wav', 'mp3', 'flac', 'ogg', 'mov'] as const;

export interface AudioSource {
  readonly file: string;
  /** What people call the file, for errors; its path when absent. */
  readonly name?: string | undefined;
  /** FFmpeg's names of the formats it may be; `audioFormats` when absent. */
  readonly formats?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a sound file says about itself. */
export interface AudioDescription {
  /** Hz, before resampling. */
  readonly sampleRate: number;
  /** Before mixing down. */
  readonly channels: number;
  /** Undefined when the file does not tell. */
  readonly declaredSeconds: number | undefined;
  /** Of its timestamps. */
  readonly secondsPerTick: number;
  /** When the file's pictures begin on its clock, or its sound where it has none: the file's time 0. */
  readonly startSeconds: number;
}

export interface OpenAudio extends AsyncDisposable {
  readonly description: AudioDescription;
  /** All of it at 48 kHz, interleaved, in blocks of any length. The first sample is the first one meant to be heard. */
  blocks(channels: 1 | 2): AsyncGenerator<Float32Array>;
  /**
   * The decoded sound as it is stored, the same frame every time.
   *
   * @param fromSeconds near which to begin, on the file's own clock; at its beginning when absent.
   */
  frames(fromSeconds?: number): AsyncGenerator<Frame>;
}

/**
 * Opens a sound file.
 *
 * @throws {AuraError} audio_invalid when it is none of the supported formats, has no sound, or is damaged.
 */
export async function openAudio(source: AudioSource): Promise<OpenAudio> {
  const audio = await openAnyAudio(source);
  if (audio === undefined) throw invalid(source, 'has no sound');
  return audio;
}

/** Opens a file that may have sound or not: undefined when it has none. @throws {AuraError} audio_invalid */
export async function openAnyAudio(source: AudioSource): Promise<OpenAudio | undefined> {
  const context = await openMedia(source.file, source.formats ?? audioFormats).catch((error: unknown) => {
    throw invalid(source, 'is not a complete sound file of a supported kind', error);
  });
  const stream = context.streams[context.findBestStream(AVMEDIA_TYPE_AUDIO)];
  if (stream === undefined) {
    await context.closeInput();
    return undefined;
  }
  const decoding = { context, stream, source };
  return {
    description: describe(context, stream),
    blocks: (channels) => resample(decodeFrames(decoding), channels),
    frames: (fromSeconds) => framesFrom(decoding, fromSeconds),
    [Symbol.asyncDispose]: () => context.closeInput(),
  };
}

/** All of a sound file at 48 kHz: see {@link OpenAudio}. */
export async function* decodeAudio(source: AudioSource & { channels: 1 | 2 }): AsyncGenerator<Float32Array> {
  await using audio = await openAudio(source);
  yield* audio.blocks(source.channels);
}

function invalid({ file, name }: AudioSource, what: string, cause?: unknown): AuraError {
  return new AuraError('audio_invalid', `"${name ?? file}" ${what}.`, { cause });
}

function describe(context: FormatContext, stream: Stream): AudioDescription {
  const secondsPerTick = stream.timeBase.num / stream.timeBase.den;
  const video = context.streams[context.findBestStream(AVMEDIA_TYPE_VIDEO)];
  const first = [video, stream].find((each) => each !== undefined && each.startTime !== AV_NOPTS_VALUE);
  return {
    sampleRate: stream.codecpar.sampleRate,
    channels: stream.codecpar.channels,
    declaredSeconds: stream.duration > 0n ? Number(stream.duration) * secondsPerTick : undefined,
    secondsPerTick,
    startSeconds:
      first === undefined ? 0 : (Number(first.startTime) * first.timeBase.num) / first.timeBase.den,
  };
}

interface Decoding {
  readonly context: FormatContext;
  readonly stream: Stream;
  readonly source: AudioSource;
}

async function* resample(frames: AsyncGenerator<Frame>, channels: 1 | 2): AsyncGenerator<Float32Array> {
  using resampler = createResampler(channels);
  for await (const frame of frames) yield* resampler.push(frame);
  yield* resampler.flush();
}

async function* framesFrom(decoding: Decoding, fromSeconds?: number): AsyncGenerator<Frame> {
  const { context, stream } = decoding;
  if (fromSeconds !== undefined && fromSeconds > runUpSeconds) {
    const ticks = Math.floor(((fromSeconds - runUpSeconds) * stream.timeBase.den) / stream.timeBase.num);
    check(context.seekFrameSync(stream.index, BigInt(ticks), AVSEEK_FLAG_BACKWARD), 'seek');
  }
  yield* decodeFrames(decoding);
}

/** What a decoder may need to hear before its sound is the same as if it had begun at the beginning. */
const runUpSeconds = 1;

async function* decodeFrames({ context, stream, source }: Decoding): AsyncGenerator<Frame> {
  using decoder = await openDecoder(stream).catch((error: unknown) => {
    throw invalid(source, 'holds a kind of sound that cannot be decoded', error);
  });
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  let packets = 0;
  let damaged = 0;
  for (let isOpen = true; isOpen; ) {
    if (packets % packetsPerTurn === 0) await takeTurn(source);
    isOpen = readPacket(context, packet);
    packets += 1;
    if (isOpen && packet.streamIndex !== stream.index) {
      packet.unref();
      continue;
    }
    const sent = decoder.sendPacketSync(isOpen ? packet : null);
    packet.unref();
    if (sent === AVERROR_INVALIDDATA) damaged += 1;
    else if (sent !== AVERROR_EOF) check(sent, 'decode the sound');
    damaged += yield* receiveFrames(decoder, frame);
  }
  // One bad packet is common at either end of a good MP3; more is a broken file.
  if (damaged > 1 + packets * toleratedDamage) throw invalid(source, 'is damaged');
}

/** Between these, messages such as a cancellation are let in. */
const packetsPerTurn = 200;
const toleratedDamage = 0.01;

async function takeTurn({ signal }: AudioSource): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

function readPacket(context: FormatContext, packet: Packet): boolean {
  const code = context.readFrameSync(packet);
  if (code === AVERROR_EOF || code === AVERROR_INVALIDDATA) return false;
  check(code, 'read the sound');
  return true;
}

/** Yields what is decoded; returns how much of it was damaged. */
function* receiveFrames(decoder: CodecContext, frame: Frame): Generator<Frame, number> {
  let damaged = 0;
  for (;;) {
    const code = decoder.receiveFrameSync(frame);
    if (code === AVERROR_INVALIDDATA) damaged += 1;
    else if (code < 0) return damaged;
    else {
      yield frame;
      frame.unref();
    }
  }
}
