import { stat } from 'node:fs/promises';
import { AVERROR_EOF, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet, type Stream } from 'node-av/lib';
import { z } from 'zod';
import { serveChild } from '../src/engine/index.ts';
import { check, required } from '../src/media/ffmpeg.ts';
import { encodeVideoChunk } from '../src/media/index.ts';
import { mp4Formats, openMedia } from '../src/media/open-media.ts';
import { receiveInto } from '../src/media/receive.ts';
import { openVideoEncoder } from '../src/media/video-encoder.ts';
import { openDrawingStage } from '../src/pipeline/drawing-stage.ts';
import { readPlanFile } from '../src/pipeline/plan-file.ts';
import { encodingSpeeds } from '../src/protocol/output.ts';
import { cpuSeconds } from './process-tree.ts';

const inputSchema = z.strictObject({
  planPath: z.string(),
  /** Local files by source. */
  visuals: z.record(z.string(), z.string()),
  /** Where the lossless master is kept; it is drawn when there is none. */
  master: z.string(),
  speed: z.enum(encodingSpeeds),
});

export const bareSchema = z.object({ wallSeconds: z.number(), cpuSeconds: z.number(), bytes: z.int() });
export type Bare = z.output<typeof bareSchema>;

/** Times nothing but decoding a lossless master, and decoding and encoding it, each on all cores. */
if (process.send !== undefined) {
  serveChild(async (input, { progress }) => {
    const { speed, ...request } = inputSchema.parse(input);
    const { timeline } = await readPlanFile(request.planPath);
    await drawMaster(request, () => progress(0, 'drawing'));
    const decode = await timed(request.master, undefined);
    using encoder = await openVideoEncoder({ ...timeline, codec: 'h264', speed, threads: allCores });
    return { decode, encode: await timed(request.master, encoder.context) };
  });
}

/** For FFmpeg: as many as suit the machine. */
const allCores = 0;

/** x264 without loss at its fastest: little to decode. */
async function drawMaster(
  { planPath, visuals, master }: Omit<z.output<typeof inputSchema>, 'speed'>,
  onFrame: () => void,
): Promise<void> {
  if (await stat(master).catch(() => undefined)) return;
  const { timeline } = await readPlanFile(planPath);
  const { frameCount } = timeline;
  await using stage = openDrawingStage({ timeline, files: visuals });
  await stage.cover({ startFrame: 0, frameCount });
  await encodeVideoChunk({
    ...{ ...timeline, file: master, preset: 'ultrafast', crf: 0, threads: allCores, onFrame },
    drawFrame: (index) => stage.draw(index, { whole: index === 0 }),
  });
}

/** @param encoder Decodes only when absent. */
async function timed(file: string, encoder: CodecContext | undefined): Promise<Bare> {
  const began = { wall: performance.now(), cpu: cpuSeconds() };
  const bytes = await transcode(file, encoder);
  return {
    wallSeconds: (performance.now() - began.wall) / 1000,
    cpuSeconds: cpuSeconds() - began.cpu,
    bytes,
  };
}

/** The next frame is decoded while the last one is handed over. @returns bytes encoded. */
async function transcode(file: string, encoder: CodecContext | undefined): Promise<number> {
  using packet = new Packet();
  packet.alloc();
  let bytes = 0;
  const encode = async (frame: Frame | null): Promise<void> => {
    if (encoder === undefined) return frame?.free();
    check(await encoder.sendFrame(frame), 'encode a frame');
    frame?.free();
    while (await receiveInto(packet, (target) => encoder.receivePacket(target))) bytes += packet.size;
  };
  let encoding = Promise.resolve();
  let index = 0n;
  for await (const decoded of decodedFrames(file)) {
    const frame = required(decoded.clone(), 'memory for a frame');
    frame.pts = index++;
    await encoding;
    encoding = encode(frame);
  }
  await encoding;
  await encode(null);
  return bytes;
}

async function* decodedFrames(file: string): AsyncGenerator<Frame> {
  const context = await openMedia(file, mp4Formats);
  const stream = required(context.streams[context.findBestStream(AVMEDIA_TYPE_VIDEO)], 'video');
  using decoder = await openThreadedDecoder(stream);
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  for (let isOpen = true; isOpen; ) {
    const code = await context.readFrame(packet);
    isOpen = code !== AVERROR_EOF;
    check(await decoder.sendPacket(isOpen ? packet : null), 'decode');
    packet.unref();
    while (await receiveInto(frame, (target) => decoder.receiveFrame(target))) yield frame;
  }
  await context.closeInput();
}

async function openThreadedDecoder(stream: Stream): Promise<CodecContext> {
  const codec = required(Codec.findDecoder(stream.codecpar.codecId), 'decoder');
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  check(decoder.parametersToContext(stream.codecpar), 'set up the decoder');
  decoder.threadCount = allCores;
  check(await decoder.open2(codec), 'open the decoder');
  return decoder;
}
