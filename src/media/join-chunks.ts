import { CodecParameters, type Packet } from 'node-av/lib';
import { AuraError } from '../protocol/index.ts';
import { openChunk, type VideoChunk } from './chunk-packets.ts';
import { check } from './ffmpeg.ts';

export interface JoinedVideo extends AsyncDisposable {
  readonly parameters: CodecParameters;
  /** All packets in decoding order, timestamps in frames from the start. The packet is only valid until the next. */
  packets(): AsyncGenerator<Packet>;
}

/** @throws {AuraError} finish_failed when the chunks do not belong together. */
export async function joinChunks(request: {
  chunks: readonly VideoChunk[];
  fps: number;
}): Promise<JoinedVideo> {
  const parameters = new CodecParameters();
  parameters.alloc();
  const [firstChunk] = request.chunks;
  if (firstChunk === undefined) throw new AuraError('finish_failed', 'There are no chunks to join.');
  await using first = await openChunk(firstChunk, request.fps);
  check(first.parameters.copy(parameters), 'describe the video');
  return {
    parameters,
    packets: () => joinedPackets(request, parameters),
    [Symbol.asyncDispose]: async () => parameters.free(),
  };
}

/**
 * Decoding times are counted anew over the whole: packet n is decoded n frames after the first, which is decoded as many
 * frames before 0 as pictures are reordered. So they never repeat or step back where chunks meet.
 */
async function* joinedPackets(
  { chunks, fps }: { chunks: readonly VideoChunk[]; fps: number },
  parameters: CodecParameters,
): AsyncGenerator<Packet> {
  let startFrame = 0;
  let decodeFrame = -parameters.videoDelay;
  for (const chunk of chunks) {
    await using open = await openChunk(chunk, fps, { decodes: false });
    assertSame(open.parameters, parameters, chunk.file);
    for await (const packet of open.packets()) {
      packet.pts += BigInt(startFrame);
      packet.dts = BigInt(decodeFrame);
      packet.duration = 1n;
      if (packet.pts < packet.dts) {
        throw new AuraError('finish_failed', `${chunk.file} shows a frame before it is decoded.`);
      }
      decodeFrame += 1;
      yield packet;
    }
    startFrame += chunk.frameCount;
  }
}

/** The decoder is set up once, from the first chunk's headers, so all must have the same. */
function assertSame(one: CodecParameters, other: CodecParameters, file: string): void {
  const isSame =
    one.codecId === other.codecId &&
    one.width === other.width &&
    one.height === other.height &&
    hasSameHeaders(one.extradata, other.extradata);
  if (!isSame)
    throw new AuraError('finish_failed', `${file} was encoded with other settings than the first chunk.`);
}

/** VP9 has no headers outside its packets. */
function hasSameHeaders(one: Buffer | null, other: Buffer | null): boolean {
  if (one === null || other === null) return one === other;
  return one.equals(other);
}
