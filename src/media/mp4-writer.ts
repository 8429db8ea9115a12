import { AVFMT_FLAG_BITEXACT } from 'node-av/constants';
import { type CodecParameters, Dictionary, FormatContext, type Packet, Rational } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';

export interface Mp4Track {
  readonly parameters: CodecParameters;
  /** Ticks a second of the timestamps that will be written: the frame rate, or the sample rate. */
  readonly ticksPerSecond: number;
  /** ISO 639-2, three letters. */
  readonly language?: string | undefined;
}

export interface Mp4Writer extends AsyncDisposable {
  /** Takes the packet's content; timestamps are in the track's ticks. Packets come roughly in the order of their time. */
  write(track: number, packet: Packet): Promise<void>;
  /** Writes the index and closes the file. Without it the file cannot be opened: never half a result. */
  finish(): Promise<void>;
}

interface Mp4Request {
  readonly file: string;
  readonly tracks: readonly Mp4Track[];
  /** Index before the data, so that playing can start before all of it has arrived. */
  readonly faststart?: boolean;
  readonly title?: string | undefined;
}

/** Opens an MP4 for writing. The same packets make the same bytes: no dates, no version strings. */
export async function openMp4Writer(request: Mp4Request): Promise<Mp4Writer> {
  const context = new FormatContext();
  let isOpen = false;
  const close = async () => {
    if (isOpen) await context.closeOutput();
    isOpen = false;
    context.freeContext();
  };
  try {
    check(context.allocOutputContext2(null, 'mp4', request.file), 'set up the MP4 file');
    describe(context, request);
    check(await context.openOutput(), `create ${request.file}`);
    isOpen = true;
    using options = muxerOptions(request.faststart ?? false);
    check(await context.writeHeader(options), 'write the MP4 header');
  } catch (error) {
    await close();
    throw error;
  }
  return writerOn({ context, request, close });
}

interface OpenFile {
  readonly context: FormatContext;
  readonly request: Mp4Request;
  readonly close: () => Promise<void>;
}

function writerOn({ context, request, close }: OpenFile): Mp4Writer {
  let isClosed = false;
  const closeOnce = async () => {
    if (isClosed) return;
    isClosed = true;
    await close();
  };
  const clocks = request.tracks.map((track, index) => ({
    from: { num: 1, den: track.ticksPerSecond },
    to: required(context.streams[index], 'stream').timeBase,
  }));
  return {
    write: async (track, packet) => {
      const { from, to } = required(clocks[track], 'track');
      packet.streamIndex = track;
      packet.pos = -1n;
      packet.rescaleTs(from, to);
      check(await context.interleavedWriteFrame(packet), 'write a packet');
    },
    finish: async () => {
      check(await context.writeTrailer(), 'write the MP4 index');
      await closeOnce();
    },
    [Symbol.asyncDispose]: closeOnce,
  };
}

function describe(context: FormatContext, { tracks, title }: Mp4Request): void {
  context.setFlags(AVFMT_FLAG_BITEXACT);
  if (title !== undefined) context.metadata = Dictionary.fromObject({ title });
  for (const track of tracks) {
    const stream = context.newStream();
    check(track.parameters.copy(stream.codecpar), 'describe a track');
    // The tag of another container means nothing here; 0 lets the muxer choose.
    stream.codecpar.codecTag = 0;
    stream.timeBase = new Rational(1, track.ticksPerSecond);
    if (track.language !== undefined) stream.metadata = Dictionary.fromObject({ language: track.language });
  }
}

/**
 * Edit lists count in the movie's own time scale. At 48 000 ticks a second every border of a frame and of a sample is a
 * whole tick; at the muxer's default of 1 000 they would be rounded.
 */
function muxerOptions(faststart: boolean): Dictionary {
  return Dictionary.fromObject({
    movie_timescale: sampleRate,
    use_editlist: 1,
    ...(faststart && { movflags: '+faststart' }),
  });
}
