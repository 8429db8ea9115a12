import { type CodecContext, CodecParameters, Packet } from 'node-av/lib';
import type { EncoderChoice } from './encoder-options.ts';
import { check, failingAs } from './ffmpeg.ts';
import { type MediaWriter, openMediaWriter } from './media-writer.ts';
import { openVideoEncoder, type VideoEncoder } from './video-encoder.ts';
import { createYuvConverter, type DrawnArea, type YuvConverter } from './yuv-converter.ts';

export interface VideoChunkRequest extends Partial<Omit<EncoderChoice, 'width'>> {
  /** Pixels; both sides even. */
  readonly width: number;
  readonly height: number;
  /** One of `frameRates`. */
  readonly fps: number;
  readonly frameCount: number;
  /** Where the chunk is written: an MP4 with one track and no sound, whatever it is put into later. */
  readonly file: string;
  /** Draws frame 0 to frameCount - 1, called in this order. The buffer may be reused. */
  readonly drawFrame: (index: number) => Drawn | Promise<Drawn>;
  /** Told after each frame has been handed to the encoder. */
  readonly onFrame?: (index: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * A whole frame: RGBA, 8 bits, sRGB, width x height x 4 bytes. Or the part of it that differs from the frame before, for
 * a frame that is not the first.
 */
export type Drawn = Uint8Array | DrawnArea | 'unchanged';

/**
 * Draws and encodes one chunk: it begins with a keyframe, refers to nothing outside itself, and the same frames give the
 * same bytes. While one frame is encoded on another thread, the next is drawn.
 *
 * @throws {AuraError} render_failed, disk_full; the signal's reason after an abort.
 */
export function encodeVideoChunk(request: VideoChunkRequest): Promise<void> {
  return failingAs({ code: 'render_failed', signal: request.signal }, async () => {
    using encoder = await openVideoEncoder({ codec: 'h264', threads: 1, ...request });
    using parameters = parametersOf(encoder.context);
    using converter = createYuvConverter(request);
    using packet = new Packet();
    packet.alloc();
    const tracks = [{ parameters, timeBase: encoder.context.timeBase }];
    await using writer = await openMediaWriter({ file: request.file, tracks });
    await encodeFrames(request, { encoder, converter, packet, writer });
    await writer.finish();
  });
}

interface Tools {
  readonly encoder: VideoEncoder;
  readonly converter: YuvConverter;
  readonly packet: Packet;
  readonly writer: MediaWriter;
}

async function encodeFrames(request: VideoChunkRequest, tools: Tools): Promise<void> {
  let encoding = Promise.resolve();
  try {
    for (let index = 0; index < request.frameCount; index += 1) {
      request.signal?.throwIfAborted();
      const drawn = await request.drawFrame(index);
      await encoding;
      load(drawn, request, tools);
      encoding = encodeFrame(tools, index);
      request.onFrame?.(index);
    }
  } finally {
    // Nothing may be freed while the other thread still works with it.
    await encoding;
  }
  await tools.encoder.end();
  await writePackets(tools);
}

/** What did not change is neither copied nor converted again. */
function load(drawn: Drawn, { width, height }: VideoChunkRequest, { converter }: Tools): void {
  if (drawn === 'unchanged') return;
  converter.load(drawn instanceof Uint8Array ? { x: 0, y: 0, width, height, pixels: drawn } : drawn);
}

async function encodeFrame(tools: Tools, index: number): Promise<void> {
  await tools.encoder.send(await tools.converter.convert(), index);
  await writePackets(tools);
}

async function writePackets({ encoder, packet, writer }: Tools): Promise<void> {
  while (await encoder.receive(packet)) await writer.write(0, packet);
}

function parametersOf(encoder: CodecContext): CodecParameters {
  const parameters = new CodecParameters();
  parameters.alloc();
  check(parameters.fromContext(encoder), 'describe the encoded video');
  return parameters;
}
