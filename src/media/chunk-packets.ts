import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { type CodecParameters, type FormatContext, Packet, type Stream } from 'node-av/lib';
import { frameRateOf } from '../protocol/frame-rates.ts';
import { AuraError } from '../protocol/index.ts';
import { required } from './ffmpeg.ts';
import { mp4Formats, openMedia } from './open-media.ts';
import { readPacket } from './read-packet.ts';

export interface VideoChunk {
  /** What `encodeVideoChunk` wrote. */
  readonly file: string;
  readonly frameCount: number;
}

export interface OpenChunk extends AsyncDisposable {
  readonly parameters: CodecParameters;
  /**
   * The chunk's packets in decoding order, timestamps in frames from the chunk's start. The same packet object every
   * time. @throws {AuraError} finish_failed when a frame is missing, doubled, or one too many.
   */
  packets(): AsyncGenerator<Packet>;
}

/** @param options as of `openMedia`: without decoding, the parameters lack by how much pictures are reordered. */
export async function openChunk(
  chunk: VideoChunk,
  fps: number,
  options?: Parameters<typeof openMedia>[2],
): Promise<OpenChunk> {
  const context = await openMedia(chunk.file, mp4Formats, options);
  try {
    const stream = required(
      context.streams[context.findBestStream(AVMEDIA_TYPE_VIDEO)],
      'video in the chunk',
    );
    return {
      parameters: stream.codecpar,
      packets: () => readPackets({ context, stream, chunk, fps }),
      [Symbol.asyncDispose]: () => context.closeInput(),
    };
  } catch (error) {
    await context.closeInput();
    throw error;
  }
}

interface Reading {
  readonly context: FormatContext;
  readonly stream: Stream;
  readonly chunk: VideoChunk;
  readonly fps: number;
}

async function* readPackets({ context, stream, chunk, fps }: Reading): AsyncGenerator<Packet> {
  using packet = new Packet();
  packet.alloc();
  const isSeen = new Uint8Array(chunk.frameCount);
  let count = 0;
  for (; await readPacket(context, packet, `read ${chunk.file}`); count += 1) {
    const frame = frameNumber(packet.pts, stream, fps);
    if (frame === undefined || isSeen[frame] !== 0) {
      throw new AuraError(
        'finish_failed',
        `${chunk.file} has a frame that is not one of its ${chunk.frameCount}.`,
      );
    }
    isSeen[frame] = 1;
    packet.pts = BigInt(frame);
    yield packet;
  }
  if (count === chunk.frameCount) return;
  throw new AuraError('finish_failed', `${chunk.file} has ${count} frames, not ${chunk.frameCount}.`);
}

/** Undefined for a time that is not a whole number of frames. */
function frameNumber(pts: bigint, { timeBase }: Stream, fps: number): number | undefined {
  const { numerator, denominator } = frameRateOf(fps);
  const ticks = pts * BigInt(timeBase.num) * BigInt(numerator);
  const ticksPerFrame = BigInt(timeBase.den) * BigInt(denominator);
  return ticks % ticksPerFrame === 0n ? Number(ticks / ticksPerFrame) : undefined;
}
