import {
  AV_CODEC_ID_AAC,
  AV_CODEC_ID_AV1,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_OPUS,
  AV_CODEC_ID_VP9,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { type CodecParameters, type FormatContext, Packet, type Rational, type Stream } from 'node-av/lib';
import { exactFps, frameRateOf, frameRates } from '../protocol/frame-rates.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { required } from './ffmpeg.ts';
import { readPacket } from './read-packet.ts';

/** What one track of a finished video is. */
export interface StreamFacts {
  readonly kind: 'video' | 'audio';
  /** e.g. `h264 yuv420p bt709 limited 1920x1080 at 30 fps`, `aac 48000 Hz 2 channels`. */
  readonly description: string;
  readonly packetCount: number;
  /** Lowest number of a frame that is missing, doubled, or not shown at number / fps, as exactly as the file can say. */
  readonly misplacedFrame?: number;
}

export interface StreamsRequest {
  /** One of `frameRates`. */
  readonly fps: number;
  readonly frameCount: number;
  /** Given each packet of the sound on the way; timestamps in samples at 48 kHz. It is only valid until the answer. */
  readonly onSound?: ((packet: Packet) => Promise<void>) | undefined;
}

/** What a file's tracks of picture and sound say they are; see {@link StreamFacts.description}. */
export function describeStreams({ streams }: FormatContext): string[] {
  return streams.filter(isPictureOrSound).map(describe);
}

/** Reads all packets of a file, once, and describes its tracks of picture and sound. */
export async function inspectStreams(
  context: FormatContext,
  { fps, frameCount, onSound }: StreamsRequest,
): Promise<StreamFacts[]> {
  const times = await packetTimes(context, onSound);
  return context.streams.filter(isPictureOrSound).map((stream) => {
    const pts = required(times[stream.index], 'stream');
    const common = { description: describe(stream), packetCount: pts.length };
    if (!isPicture(stream)) return { kind: 'audio', ...common };
    const misplacedFrame = firstMisplaced(pts, { frameCount, ticksPerFrame: ticksPerFrame(stream, fps) });
    return { kind: 'video', ...common, ...(misplacedFrame !== undefined && { misplacedFrame }) };
  });
}

function isPictureOrSound(stream: Stream): boolean {
  return isPicture(stream) || isSound(stream);
}

function isPicture({ codecpar }: Stream): boolean {
  return codecpar.codecType === AVMEDIA_TYPE_VIDEO;
}

function isSound({ codecpar }: Stream): boolean {
  return codecpar.codecType === AVMEDIA_TYPE_AUDIO;
}

async function packetTimes(context: FormatContext, onSound: StreamsRequest['onSound']): Promise<bigint[][]> {
  const tracks = context.streams.map((stream) => {
    return { pts: [] as bigint[], timeBase: stream.timeBase, take: isSound(stream) ? onSound : undefined };
  });
  using packet = new Packet();
  packet.alloc();
  while (await readPacket(context, packet, 'read the finished file')) {
    const { pts, timeBase, take } = required(tracks[packet.streamIndex], 'stream');
    pts.push(packet.pts);
    if (take !== undefined) {
      packet.rescaleTs(timeBase, sampleClock);
      await take(packet);
    }
  }
  return tracks.map(({ pts }) => pts);
}

const sampleClock = { num: 1, den: sampleRate };

function ticksPerFrame({ timeBase }: Stream, fps: number): number {
  const { numerator, denominator } = frameRateOf(fps);
  return (timeBase.den * denominator) / (timeBase.num * numerator);
}

function firstMisplaced(
  pts: readonly bigint[],
  { frameCount, ticksPerFrame }: { frameCount: number; ticksPerFrame: number },
): number | undefined {
  const inOrder = pts.map(Number).sort((one, other) => one - other);
  const index = inOrder.findIndex((time, frame) => time !== Math.round(frame * ticksPerFrame));
  if (index >= 0) return index;
  return inOrder.length === frameCount ? undefined : inOrder.length;
}

function describe(stream: Stream): string {
  const { codecpar, avgFrameRate } = stream;
  if (!isPicture(stream)) {
    return `${codecName(codecpar)} ${codecpar.sampleRate} Hz ${codecpar.channels} channels`;
  }
  const format = codecpar.format === AV_PIX_FMT_YUV420P ? 'yuv420p' : `pixel format ${codecpar.format}`;
  const size = `${codecpar.width}x${codecpar.height}`;
  return `${codecName(codecpar)} ${format} ${describeColor(codecpar)} ${size} at ${rateName(avgFrameRate)} fps`;
}

function codecName({ codecId }: CodecParameters): string {
  return codecNames.get(codecId) ?? `codec ${codecId}`;
}

const codecNames = new Map([
  [AV_CODEC_ID_H264, 'h264'],
  [AV_CODEC_ID_HEVC, 'hevc'],
  [AV_CODEC_ID_AV1, 'av1'],
  [AV_CODEC_ID_VP9, 'vp9'],
  [AV_CODEC_ID_AAC, 'aac'],
  [AV_CODEC_ID_OPUS, 'opus'],
]);

/** A WebM gives its rate in nanoseconds a frame, so it is a little off. */
function rateName({ num, den }: Rational): number {
  const found = num / den;
  return frameRates.find((fps) => Math.abs(exactFps(fps) - found) < 0.001) ?? found;
}

function describeColor({ colorSpace, colorPrimaries, colorTrc, colorRange }: CodecParameters): string {
  const isBt709 =
    colorSpace === AVCOL_SPC_BT709 && colorPrimaries === AVCOL_PRI_BT709 && colorTrc === AVCOL_TRC_BT709;
  const color = isBt709 ? 'bt709' : `colours ${colorSpace}/${colorPrimaries}/${colorTrc}`;
  return `${color} ${colorRange === AVCOL_RANGE_MPEG ? 'limited' : `range ${colorRange}`}`;
}
