import { AV_CODEC_ID_HEVC, AVFMT_FLAG_BITEXACT, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { type CodecParameters, Dictionary, FormatContext, type Packet, Rational } from 'node-av/lib';
import type { Container } from '../protocol/output.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';

/** A fraction of a second: how long one tick of a track's timestamps lasts. */
export interface TimeBase {
  readonly num: number;
  readonly den: number;
}

export interface MediaTrack {
  readonly parameters: CodecParameters;
  /** Of the timestamps that will be written: one frame, or one sample. */
  readonly timeBase: TimeBase;
  /** ISO 639-2, three letters. */
  readonly language?: string | undefined;
}

export interface MediaWriter extends AsyncDisposable {
  /** Takes the packet's content; timestamps are in the track's ticks. Packets come roughly in the order of their time. */
  write(track: number, packet: Packet): void;
  /** Writes the index and closes the file. Without it the file cannot be opened: never half a result. */
  finish(): Promise<void>;
}

export interface MediaWriterRequest {
  readonly file: string;
  /** MP4 when absent. A WebM's times are rounded to milliseconds; an MP4's are exact. */
  readonly container?: Container | 'ogg' | undefined;
  readonly tracks: readonly MediaTrack[];
  /** WebM only: index before the data. For an MP4 see `placeIndexFirst`. */
  readonly cuesFirst?: boolean;
  readonly title?: string | undefined;
  /** What the video is about, in words. */
  readonly comment?: string | undefined;
}

/** Opens a file for writing. The same packets make the same bytes: no dates, no random numbers, no version strings. */
export async function openMediaWriter(request: MediaWriterRequest): Promise<MediaWriter> {
  const context = new FormatContext();
  let isOpen = false;
  const close = async () => {
    if (isOpen) await context.closeOutput();
    isOpen = false;
    context.freeContext();
  };
  try {
    check(context.allocOutputContext2(null, request.container ?? 'mp4', request.file), 'set up the file');
    describe(context, request);
    check(await context.openOutput(), `create ${request.file}`);
    isOpen = true;
    using options = muxerOptions(request);
    check(await context.writeHeader(options), 'write the header');
  } catch (error) {
    await close();
    throw error;
  }
  return writerOn({ context, request, close });
}

interface OpenFile {
  readonly context: FormatContext;
  readonly request: MediaWriterRequest;
  readonly close: () => Promise<void>;
}

function writerOn({ context, request, close }: OpenFile): MediaWriter {
  let isClosed = false;
  const closeOnce = async () => {
    if (isClosed) return;
    isClosed = true;
    await close();
  };
  const clocks = request.tracks.map((track, index) => ({
    from: track.timeBase,
    to: required(context.streams[index], 'stream').timeBase,
  }));
  return {
    write: (track, packet) => {
      const { from, to } = required(clocks[track], 'track');
      packet.streamIndex = track;
      packet.pos = -1n;
      packet.rescaleTs(from, to);
      check(context.interleavedWriteFrameSync(packet), 'write a packet');
    },
    finish: async () => {
      check(await context.writeTrailer(), 'write the index');
      await closeOnce();
    },
    [Symbol.asyncDispose]: closeOnce,
  };
}

function describe(context: FormatContext, { tracks, title, comment, container }: MediaWriterRequest): void {
  context.setFlags(AVFMT_FLAG_BITEXACT);
  const metadata = { ...(title !== undefined && { title }), ...(comment !== undefined && { comment }) };
  if (Object.keys(metadata).length > 0) context.metadata = Dictionary.fromObject(metadata);
  for (const { parameters, timeBase, language } of tracks) {
    const stream = context.newStream();
    check(parameters.copy(stream.codecpar), 'describe a track');
    stream.codecpar.codecTag = codecTag(parameters, container);
    stream.timeBase = new Rational(timeBase.num, timeBase.den);
    if (parameters.codecType === AVMEDIA_TYPE_VIDEO) {
      stream.avgFrameRate = new Rational(timeBase.den, timeBase.num);
    }
    if (language !== undefined) stream.metadata = Dictionary.fromObject({ language });
  }
}

/**
 * The tag of another container means nothing here; 0 lets the muxer choose. But for HEVC it would choose hev1, which
 * Apple's players refuse; hvc1 is the same with all headers outside the packets.
 */
function codecTag({ codecId }: CodecParameters, container: MediaWriterRequest['container']): number | string {
  return codecId === AV_CODEC_ID_HEVC && container !== 'webm' ? 'hvc1' : 0;
}

function muxerOptions({ container, cuesFirst = false, tracks }: MediaWriterRequest): Dictionary {
  if (container === 'ogg') return new Dictionary();
  if (container === 'webm') return Dictionary.fromObject({ ...(cuesFirst && { cues_to_front: 1 }) });
  return Dictionary.fromObject({
    movie_timescale: movieTimescale(tracks),
    use_editlist: 1,
  });
}

/**
 * Edit lists count in the movie's own time scale. It is chosen so that every border of a frame and of a sample is a
 * whole tick; at the muxer's default of 1 000 they would be rounded.
 */
function movieTimescale(tracks: readonly MediaTrack[]): number {
  return tracks.reduce((scale, { timeBase }) => leastCommonMultiple(scale, timeBase.den), sampleRate);
}

function leastCommonMultiple(one: number, other: number): number {
  return (one / greatestCommonDivisor(one, other)) * other;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
