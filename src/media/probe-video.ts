import { AV_NOPTS_VALUE, AV_PKT_FLAG_CORRUPT, AVERROR_EOF } from 'node-av/constants';
import { Codec, type FormatContext, Packet } from 'node-av/lib';
import { limits } from '../protocol/index.ts';
import { endsEarly } from './clip-ending.ts';
import { type Clip, openClip } from './clip-reader.ts';
import { type ClipFile, type ClipSource, invalidClip, openClipSource } from './clip-source.ts';
import { check, failingAs, required } from './ffmpeg.ts';

export interface VideoProbe {
  /** From the first picture to the end of the last, as found in the file's data. */
  readonly durationSeconds: number;
  /** Pixels, as shown: turned, and with square pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames per second, on average. */
  readonly frameRate: number;
  readonly hasAudio: boolean;
  /** FFmpeg's name of the video's decoder, such as h264, vp9, libdav1d. */
  readonly codec: string;
  /** A GIF. */
  readonly isAnimation: boolean;
}

/**
 * Looks through a whole clip, without decoding all of it: every packet must be there, and the pictures at its beginning
 * and its end must decode.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} video_invalid for anything that is not a whole MP4, MOV, WebM, MKV or GIF, and for clips beyond
 *   the limits.
 */
export function probeVideo(file: string, name: string = file, signal?: AbortSignal): Promise<VideoProbe> {
  return failingAs({ code: 'video_invalid', signal }, async () => {
    const clip = { file, name };
    await using source = await openClipSource(clip);
    if (await endsEarly(file)) throw invalidClip(clip, 'is cut off: its end is missing');
    refuseTooLarge(clip, source);
    refuseTooLong(clip, declaredSeconds(source) ?? 0);
    const contents = readThrough(clip, source, signal);
    refuseCutOff(clip, source, contents);
    const durationSeconds = contents.endSeconds;
    await decodeBothEnds({ ...clip, signal }, durationSeconds);
    return {
      durationSeconds,
      ...source.shownSize,
      frameRate: contents.pictures / durationSeconds,
      hasAudio: source.hasAudio,
      codec: required(Codec.findDecoder(source.stream.codecpar.codecId)?.name, 'decoder for this'),
      isAnimation: source.isGif,
    };
  });
}

function refuseTooLarge(clip: ClipFile, { storedSize, shownSize }: ClipSource): void {
  for (const { width, height } of [storedSize, shownSize]) {
    if (width * height <= limits.videoPixels) continue;
    const most = Math.floor(limits.videoPixels / 1e6);
    throw invalidClip(clip, `has pictures of ${width} x ${height} pixels; ${most} million are the most`);
  }
}

function refuseTooLong(clip: ClipFile, seconds: number): void {
  if (seconds <= limits.videoDurationSeconds) return;
  throw invalidClip(clip, `is longer than ${limits.videoDurationSeconds / 60} minutes`);
}

/** What the file says of itself before its data; undefined when it does not tell. */
function declaredSeconds({ stream, context, secondsPerTick }: ClipSource): number | undefined {
  if (stream.duration > 0n) return Number(stream.duration) * secondsPerTick;
  return context.duration > 0n ? Number(context.duration) / 1e6 : undefined;
}

interface Contents {
  readonly pictures: number;
  /** When the last picture ends, from when the first begins. */
  readonly endSeconds: number;
  readonly damaged: number;
  /** When the last packet of any track ends. */
  readonly fileEndSeconds: number;
}

/** Reads every packet: an hour in about a second. */
function readThrough(clip: ClipFile, source: ClipSource, signal: AbortSignal | undefined): Contents {
  const { context, stream, startTicks, secondsPerTick } = source;
  const clocks = context.streams.map(({ timeBase }) => timeBase.num / timeBase.den);
  const contents = { pictures: 0, damaged: 0, endSeconds: 0, fileEndSeconds: 0 };
  let last = { ticks: startTicks, duration: 0n };
  for (const packet of packetsOf(context)) {
    signal?.throwIfAborted();
    const ticks = packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts;
    const endSeconds = Number(ticks + packet.duration) * (clocks[packet.streamIndex] ?? 0);
    contents.fileEndSeconds = Math.max(contents.fileEndSeconds, endSeconds);
    if (packet.hasFlags(AV_PKT_FLAG_CORRUPT)) contents.damaged += 1;
    if (packet.streamIndex !== stream.index) continue;
    contents.pictures += 1;
    if (ticks >= last.ticks) last = { ticks, duration: packet.duration };
    contents.endSeconds = Number(last.ticks + last.duration - startTicks) * secondsPerTick;
    refuseTooLong(clip, contents.endSeconds);
  }
  if (contents.pictures === 0) throw invalidClip(clip, 'has no pictures');
  // Matroska need not say how long the last picture stays: as long as the others.
  if (last.duration === 0n) contents.endSeconds *= contents.pictures / Math.max(1, contents.pictures - 1);
  return { ...contents, endSeconds: Math.max(contents.endSeconds, shortestSeconds) };
}

/** Of a clip that is a single picture without a duration. */
const shortestSeconds = 0.04;

/** All packets in the order they are stored. Each is valid until the next. */
function* packetsOf(context: FormatContext): Generator<Packet> {
  using packet = new Packet();
  packet.alloc();
  for (;;) {
    packet.unref();
    const code = context.readFrameSync(packet);
    if (code === AVERROR_EOF) return;
    check(code, 'read the video');
    yield packet;
  }
}

/** A file that was cut off has fewer pictures than its index, or ends before the time it names. */
function refuseCutOff(clip: ClipFile, source: ClipSource, contents: Contents): void {
  const indexed = Number(source.stream.nbFrames);
  if (indexed > 0 && contents.pictures < indexed) {
    throw invalidClip(clip, `is cut off: ${contents.pictures} of ${indexed} pictures are there`);
  }
  const declared = declaredSeconds(source) ?? 0;
  const found = source.stream.duration > 0n ? contents.endSeconds : contents.fileEndSeconds;
  if (contents.damaged > 0 || declared - found > Math.max(0.5, declared * 0.02)) {
    const lengths = `${found.toFixed(1)} of ${declared.toFixed(1)} seconds are there`;
    throw invalidClip(clip, `is cut off: ${lengths}`);
  }
}

/** The last picture is decoded from the keyframe before it, as it is when the clip is shown. */
async function decodeBothEnds(
  request: ClipFile & { signal?: AbortSignal | undefined },
  durationSeconds: number,
): Promise<void> {
  await using clip: Clip = await openClip({ ...request, maximumWidth: probeSide, maximumHeight: probeSide });
  await clip.frameAt(0);
  await clip.frameAt(durationSeconds);
}

/** Pixels: what is only decoded to see whether that works need not be large. */
const probeSide = 64;
