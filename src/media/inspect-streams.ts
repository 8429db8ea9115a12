import {
  AV_CODEC_ID_AAC,
  AV_CODEC_ID_H264,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { type CodecParameters, type FormatContext, Packet, type Stream } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';

/** What one track of a finished video is. */
export interface StreamFacts {
  readonly kind: 'video' | 'audio';
  /** e.g. `h264 yuv420p bt709 limited 1920x1080 at 30 fps`, `aac 48000 Hz 2 channels`. */
  readonly description: string;
  readonly packetCount: number;
  /** Lowest number of a frame that is missing, doubled, or shown at another time than number / fps. */
  readonly misplacedFrame?: number;
}

/** Reads all packets of a file and describes its tracks. */
export async function inspectStreams(
  context: FormatContext,
  { fps, frameCount }: { fps: number; frameCount: number },
): Promise<StreamFacts[]> {
  const times = await packetTimes(context);
  return context.streams.map((stream, index) => {
    const pts = required(times[index], 'stream');
    const common = { description: describe(stream), packetCount: pts.length };
    if (stream.codecpar.codecType !== AVMEDIA_TYPE_VIDEO) return { kind: 'audio', ...common };
    const misplacedFrame = firstMisplaced(pts, { frameCount, ticksPerFrame: ticksPerFrame(stream, fps) });
    return { kind: 'video', ...common, ...(misplacedFrame !== undefined && { misplacedFrame }) };
  });
}

async function packetTimes(context: FormatContext): Promise<bigint[][]> {
  const times: bigint[][] = context.streams.map(() => []);
  using packet = new Packet();
  packet.alloc();
  for (;;) {
    const code = await context.readFrame(packet);
    if (code === AVERROR_EOF) return times;
    check(code, 'read the finished file');
    times[packet.streamIndex]?.push(packet.pts);
    packet.unref();
  }
}

function ticksPerFrame({ timeBase }: Stream, fps: number): number {
  return timeBase.den / (timeBase.num * fps);
}

function firstMisplaced(
  pts: readonly bigint[],
  { frameCount, ticksPerFrame }: { frameCount: number; ticksPerFrame: number },
): number | undefined {
  const inOrder = pts.map(Number).sort((one, other) => one - other);
  const index = inOrder.findIndex((time, frame) => time !== frame * ticksPerFrame);
  if (index >= 0) return index;
  return inOrder.length === frameCount ? undefined : inOrder.length;
}

function describe({ codecpar, avgFrameRate }: Stream): string {
  if (codecpar.codecType !== AVMEDIA_TYPE_VIDEO) {
    const codec = codecpar.codecId === AV_CODEC_ID_AAC ? 'aac' : `codec ${codecpar.codecId}`;
    return `${codec} ${codecpar.sampleRate} Hz ${codecpar.channels} channels`;
  }
  const codec = codecpar.codecId === AV_CODEC_ID_H264 ? 'h264' : `codec ${codecpar.codecId}`;
  const format = codecpar.format === AV_PIX_FMT_YUV420P ? 'yuv420p' : `pixel format ${codecpar.format}`;
  const size = `${codecpar.width}x${codecpar.height}`;
  return `${codec} ${format} ${describeColor(codecpar)} ${size} at ${avgFrameRate.num / avgFrameRate.den} fps`;
}

function describeColor({ colorSpace, colorPrimaries, colorTrc, colorRange }: CodecParameters): string {
  const isBt709 =
    colorSpace === AVCOL_SPC_BT709 && colorPrimaries === AVCOL_PRI_BT709 && colorTrc === AVCOL_TRC_BT709;
  const color = isBt709 ? 'bt709' : `colours ${colorSpace}/${colorPrimaries}/${colorTrc}`;
  return `${color} ${colorRange === AVCOL_RANGE_MPEG ? 'limited' : `range ${colorRange}`}`;
}
