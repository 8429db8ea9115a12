import { AV_NOPTS_VALUE, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import type { FormatContext, Frame, Stream } from 'node-av/lib';
import { openMedia } from './open-media.ts';
import { createResampler } from './resampler.ts';
import { type AudioSource, invalidSound, soundFrames } from './sound-frames.ts';

/** FFmpeg's names of the formats a sound may come in: WAV, MP3, FLAC, Ogg, M4A or MP4, and WebM or MKV. */
export const audioFormats = ['wav', 'mp3', 'flac', 'ogg', 'mov', 'matroska'] as const;

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
  if (audio === undefined) throw invalidSound(source, 'has no sound');
  return audio;
}

/** Opens a file that may have sound or not: undefined when it has none. @throws {AuraError} audio_invalid */
export async function openAnyAudio(source: AudioSource): Promise<OpenAudio | undefined> {
  const context = await openMedia(source.file, source.formats ?? audioFormats).catch((error: unknown) => {
    throw invalidSound(source, 'is not a complete sound file of a supported kind', error);
  });
  const stream = context.streams[context.findBestStream(AVMEDIA_TYPE_AUDIO)];
  if (stream === undefined) {
    await context.closeInput();
    return undefined;
  }
  const track = { context, stream, source };
  return {
    description: describe(context, stream),
    blocks: (channels) => resample(soundFrames(track), channels),
    frames: (fromSeconds) => soundFrames(track, fromSeconds),
    [Symbol.asyncDispose]: () => context.closeInput(),
  };
}

/** All of a sound file at 48 kHz: see {@link OpenAudio}. */
export async function* decodeAudio(source: AudioSource & { channels: 1 | 2 }): AsyncGenerator<Float32Array> {
  await using audio = await openAudio(source);
  yield* audio.blocks(source.channels);
}

function describe(context: FormatContext, stream: Stream): AudioDescription {
  const secondsPerTick = stream.timeBase.num / stream.timeBase.den;
  const video = context.streams[context.findBestStream(AVMEDIA_TYPE_VIDEO)];
  const first = [video, stream].find((each) => each !== undefined && each.startTime !== AV_NOPTS_VALUE);
  return {
    sampleRate: stream.codecpar.sampleRate,
    channels: stream.codecpar.channels,
    declaredSeconds: stream.duration > 0n ? Number(stream.duration) * secondsPerTick : wholeSeconds(context),
    secondsPerTick,
    startSeconds:
      first === undefined ? 0 : (Number(first.startTime) * first.timeBase.num) / first.timeBase.den,
  };
}

/**
 * WebM and MKV tell the length of the file, not of its tracks: of one that has nothing else, it is the sound's. Where they do
 * not tell it, FFmpeg guesses from the bit rate, if it knows one.
 */
function wholeSeconds({ duration, streams }: FormatContext): number | undefined {
  const [only, ...others] = streams;
  const isTold = duration > 0n && others.length === 0 && only?.codecpar.bitRate === 0n;
  return isTold ? Number(duration) / microsecondsPerSecond : undefined;
}

const microsecondsPerSecond = 1_000_000;

async function* resample(frames: AsyncGenerator<Frame>, channels: 1 | 2): AsyncGenerator<Float32Array> {
  using resampler = createResampler(channels);
  for await (const frame of frames) yield* resampler.push(frame);
  yield* resampler.flush();
}
