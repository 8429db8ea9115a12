import { AVERROR_EOF, AVMEDIA_TYPE_VIDEO, AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { type CodecContext, type FormatContext, Frame, Packet, type Stream } from 'node-av/lib';
import { exactFps } from '../protocol/frame-rates.ts';
import { createClipPainter } from './clip-painter.ts';
import type { Picture } from './decode-video.ts';
import { check, required } from './ffmpeg.ts';
import { openDecoder } from './open-decoder.ts';
import { finishedFormats, openMedia } from './open-media.ts';
import { receiveInto } from './receive.ts';

export interface KeyframeRequest {
  /** A finished video. */
  readonly file: string;
  readonly fps: number;
  /** Ascending. */
  readonly frames: readonly number[];
  /** Of the pictures wanted. */
  readonly size: { readonly width: number; readonly height: number };
}

/**
 * For each frame, the keyframe at or before it, once: at most two seconds earlier in Aura's videos. Nothing else is
 * decoded, which takes a hundredth of the time of decoding everything. The pixels are valid until the next.
 */
export async function* decodeKeyframes(
  request: KeyframeRequest,
): AsyncGenerator<Picture & { index: number }> {
  const context = await openMedia(request.file, finishedFormats, { decodes: false });
  try {
    const stream = required(context.streams[context.findBestStream(AVMEDIA_TYPE_VIDEO)], 'video in the file');
    using decoder = await openDecoder(stream);
    using painter = createClipPainter(request.size);
    using packet = new Packet();
    packet.alloc();
    using frame = new Frame();
    frame.alloc();
    const reading = { context, stream, decoder, packet, frame };
    const ticksPerFrame = stream.timeBase.den / (stream.timeBase.num * exactFps(request.fps));
    let lastIndex = -1;
    for (const wanted of request.frames) {
      await seekPacket(reading, BigInt(Math.round(wanted * ticksPerFrame)));
      const index = Math.round(Number(packet.pts) / ticksPerFrame);
      if (index === lastIndex) continue;
      lastIndex = index;
      await decodeAlone(reading);
      yield { ...request.size, index, pixels: (await painter.paint(frame)).pixels };
    }
  } finally {
    await context.closeInput();
  }
}

interface Reading {
  readonly context: FormatContext;
  readonly stream: Stream;
  readonly decoder: CodecContext;
  readonly packet: Packet;
  readonly frame: Frame;
}

/** The first packet of the picture at the keyframe at or before a time. */
async function seekPacket({ context, stream, packet }: Reading, time: bigint): Promise<void> {
  check(await context.seekFrame(stream.index, time, AVSEEK_FLAG_BACKWARD), 'seek');
  do {
    packet.unref();
    const code = await context.readFrame(packet);
    if (code === AVERROR_EOF) throw new Error('the video has no keyframe there');
    check(code, 'read the video');
  } while (packet.streamIndex !== stream.index);
}

/** One picture that needs no other; the decoder is emptied for it, and ready for the next. */
async function decodeAlone({ decoder, packet, frame }: Reading): Promise<void> {
  check(await decoder.sendPacket(packet), 'decode a keyframe');
  check(await decoder.sendPacket(null), 'decode a keyframe');
  if (!(await receiveInto(frame, (target) => decoder.receiveFrame(target)))) {
    throw new Error('a keyframe gives no picture');
  }
  decoder.flushBuffers();
}
