import { type Frame, Packet } from 'node-av/lib';
import { AuraError } from '../protocol/index.ts';
import { appendThumbnails, createThumbnailStrip, type ThumbnailStrip } from './chunk-thumbnails.ts';
import type { EncoderChoice } from './encoder-options.ts';
import { failingAs } from './ffmpeg.ts';
import { openMediaWriter } from './media-writer.ts';
import { repeatingEncoder } from './repeating-encoder.ts';
import { openVideoEncoder, type VideoEncoder, type VideoEncoderSettings } from './video-encoder.ts';
import { createYuvConverter, type DrawnLayers, type YuvConverter } from './yuv-converter.ts';

/** What is drawn, whatever it is encoded as. */
interface DrawnFrames {
  /** Pixels; both sides even. */
  readonly width: number;
  readonly height: number;
  /** One of `frameRates`. */
  readonly fps: number;
  readonly frameCount: number;
  /** Draws frame 0 to frameCount - 1, called in this order. The buffer may be reused. */
  readonly drawFrame: (index: number) => Drawn | Promise<Drawn>;
  /** Told after each frame has been handed to the encoder; it stays as it is until this has returned. */
  readonly onFrame?: (index: number, frame: Frame) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/**
 * How a chunk is encoded, and where it is written: an MP4 with one track and no sound, whatever it is put into later. Its
 * thumbnails lie behind it.
 */
export interface ChunkTarget extends Partial<Omit<EncoderChoice, 'width'>> {
  readonly file: string;
}

export interface VideoChunkRequest extends DrawnFrames, ChunkTarget {}

export interface VideoChunksRequest extends DrawnFrames {
  readonly targets: readonly ChunkTarget[];
  /** Of this size, for who encodes chunk after chunk: its memory is then allocated once. */
  readonly converter?: YuvConverter;
}

/**
 * A whole frame: RGBA, 8 bits, sRGB, width x height x 4 bytes. Or what it is put together from, which may be the part of it
 * that differs from the frame before, for a frame that is not the first.
 */
export type Drawn = Uint8Array | DrawnLayers | 'unchanged';

/**
 * Draws and encodes one chunk: it begins with a keyframe, refers to nothing outside itself, and the same frames give the
 * same bytes. While one frame is encoded on another thread, the next is drawn and converted.
 *
 * @throws {AuraError} render_failed, encoder_lost, disk_full; the signal's reason after an abort.
 */
export function encodeVideoChunk(request: VideoChunkRequest): Promise<void> {
  return encodeVideoChunks({ ...request, targets: [request] });
}

/** The same for several encodings of one chunk: each frame is drawn and converted once for all of them. */
export function encodeVideoChunks(request: VideoChunksRequest): Promise<void> {
  return failingAs({ code: 'render_failed', signal: request.signal }, async () => {
    await using resources = new AsyncDisposableStack();
    const converter = request.converter ?? resources.use(createYuvConverter(request));
    converter.restart();
    const thumbnails = resources.use(createThumbnailStrip(request));
    const tracks: Track[] = [];
    for (const target of request.targets) tracks.push(resources.use(await openTrack(request, target)));
    await encodeFrames(request, { converter, thumbnails, tracks });
    for (const track of tracks) await track.finish();
    const strip = await thumbnails.encode();
    for (const { file } of request.targets) await appendThumbnails(file, strip);
  });
}

/** One encoding of the chunk on its way into its file. */
interface Track extends AsyncDisposable {
  send(frame: Frame, index: number): Promise<void>;
  finish(): Promise<void>;
}

async function openTrack(
  { width, height, fps }: DrawnFrames,
  { file, codec = 'h264', threads = 1, ...choice }: ChunkTarget,
): Promise<Track> {
  await using opened = new AsyncDisposableStack();
  const settings = { ...choice, codec, threads, width, height, fps };
  const encoder = opened.use(repeatingEncoder(await openEncoder(settings)));
  const parameters = opened.use(encoder.parameters());
  const packet = opened.use(new Packet());
  packet.alloc();
  const tracks = [{ parameters, timeBase: encoder.context.timeBase }];
  const writer = opened.use(await openMediaWriter({ file, tracks }));
  const writePackets = async () => {
    while (await encoder.receive(packet)) writer.write(0, packet);
  };
  const resources = opened.move();
  return {
    send: async (frame, index) => {
      await encoder.send(frame, index);
      await writePackets();
    },
    finish: async () => {
      await encoder.end();
      await writePackets();
      await writer.finish();
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** A card may be gone or have its hands full, although its encoder worked when the video was planned. */
async function openEncoder(settings: VideoEncoderSettings): Promise<VideoEncoder> {
  const { hardwareEncoder } = settings;
  if (hardwareEncoder === undefined) return await openVideoEncoder(settings);
  try {
    return await openVideoEncoder(settings);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const detail = `The video was planned with ${hardwareEncoder}, which does not open here: ${reason}.`;
    throw new AuraError('encoder_lost', detail, { cause: error });
  }
}

interface Tools {
  readonly converter: YuvConverter;
  readonly thumbnails: ThumbnailStrip;
  readonly tracks: readonly Track[];
}

async function encodeFrames(request: DrawnFrames, tools: Tools): Promise<void> {
  let encoding = Promise.resolve();
  try {
    for (let index = 0; index < request.frameCount; index += 1) {
      request.signal?.throwIfAborted();
      load(await request.drawFrame(index), request, tools);
      const frame = tools.converter.frame();
      await tools.thumbnails.take(frame, index);
      await encoding;
      encoding = encodeFrame(tools, frame, index);
      await request.onFrame?.(index, frame);
    }
  } finally {
    // Nothing may be freed while the other thread still works with it.
    await encoding;
  }
}

/** What did not change is neither copied nor converted again. */
function load(drawn: Drawn, { width, height }: DrawnFrames, { converter }: Tools): void {
  if (drawn === 'unchanged') return;
  if (drawn instanceof Uint8Array) converter.load({ x: 0, y: 0, width, height, pixels: drawn });
  else converter.loadLayers(drawn);
}

async function encodeFrame({ tracks }: Tools, frame: Frame, index: number): Promise<void> {
  for (const track of tracks) await track.send(frame, index);
}
