import {
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PICTURE_TYPE_P,
  AV_PKT_FLAG_DISPOSABLE,
} from 'node-av/constants';
import { type Frame, Packet } from 'node-av/lib';
import { required } from './ffmpeg.ts';
import { type RepeatedPictures, repeatPictures } from './h264/repeated-pictures.ts';
import type { VideoEncoder } from './video-encoder.ts';

/**
 * Lets x264 see a picture once, however long it is shown, and writes the repetitions itself: some sixty bytes and no time
 * each (docs/decisions/0021). Other encoders, and x264 where it makes another kind of stream, see every frame.
 */
export function repeatingEncoder(encoder: VideoEncoder): VideoEncoder {
  const headers = encoder.context.extraData;
  const pictures = headers === null ? undefined : repeatPictures(headers);
  if (pictures === undefined) return encoder;
  const sender = createSender(encoder);
  const receiver = createReceiver(encoder, { pictures, sender });
  return {
    ...encoder,
    parameters: () => {
      const parameters = encoder.parameters();
      parameters.extradata = pictures.headers;
      return parameters;
    },
    send: sender.send,
    end: sender.end,
    receive: receiver.receive,
    [Symbol.dispose]: () => {
      receiver[Symbol.dispose]();
      encoder[Symbol.dispose]();
    },
  };
}

interface Sender extends Pick<VideoEncoder, 'send' | 'end'> {
  isEnded(): boolean;
  /** The number of the frame that was handed to the encoder with this time. */
  frameAt(pts: bigint): number;
  /** Takes the next frame that repeats another and is shown before this one. */
  takeRepeatBefore(frame: number): number | undefined;
}

function createSender(encoder: VideoEncoder): Sender {
  const clock = createClock();
  const repeats: number[] = [];
  // Until it is known whether it is shown again: if it is, others must be able to refer to it, so it is no B-frame.
  let held: { readonly frame: Frame; readonly index: number } | undefined;
  let lastFrame: Frame | undefined;
  let isEnded = false;
  const isKeyframe = (index: number): boolean => index % encoder.context.gopSize === 0;
  const sendHeld = async (isRepeated: boolean): Promise<void> => {
    if (held === undefined) return;
    const { frame, index } = held;
    held = undefined;
    if (isKeyframe(index)) frame.pictType = AV_PICTURE_TYPE_I;
    else frame.pictType = isRepeated ? AV_PICTURE_TYPE_P : AV_PICTURE_TYPE_NONE;
    await encoder.send(frame, clock.tick(index));
  };
  return {
    send: async (frame, index) => {
      const isRepeated = frame === lastFrame && !isKeyframe(index);
      lastFrame = frame;
      await sendHeld(isRepeated);
      if (isRepeated) repeats.push(index);
      else held = { frame, index };
    },
    end: async () => {
      await sendHeld(false);
      await encoder.end();
      isEnded = true;
    },
    isEnded: () => isEnded,
    frameAt: clock.frameAt,
    takeRepeatBefore: (frame) => ((repeats[0] ?? frame) < frame ? repeats.shift() : undefined),
  };
}

/**
 * The encoder's own time. It spends bits on a picture by how long it is shown, and would spend too many on one that rests:
 * when it sees all frames, it looks only a few ahead. With four it makes files as large and as good as then (text slides,
 * `fast`: 3 gave 4.8 MB and 47.2 dB, 5 gave 5.3 MB and 47.7 dB; seeing all frames 4.8 MB and 47.3 dB).
 */
const longestSeenFrames = 4;

function createClock(): { tick(frame: number): number; frameAt(pts: bigint): number } {
  const frames = new Map<bigint, number>();
  let time = 0;
  let lastFrame = 0;
  return {
    tick: (frame) => {
      time += Math.min(frame - lastFrame, longestSeenFrames);
      lastFrame = frame;
      frames.set(BigInt(time), frame);
      return time;
    },
    frameAt: (pts) => required(frames.get(pts), 'frame of this time'),
  };
}

interface Receiver extends Pick<VideoEncoder, 'receive'>, Disposable {}

function createReceiver(
  encoder: VideoEncoder,
  { pictures, sender }: { readonly pictures: RepeatedPictures; readonly sender: Sender },
): Receiver {
  // The encoder's next packet, while what is shown before it is still to come.
  let waiting: number | undefined;
  const encoded = new Packet();
  encoded.alloc();
  let packetCount = 0;
  const fill = (packet: Packet, data: Buffer, frame: number): void => {
    packet.data = data;
    packet.pts = BigInt(frame);
    packet.dts = BigInt(packetCount - encoder.context.hasBFrames);
    packet.duration = 1n;
    packetCount += 1;
  };
  return {
    receive: async (packet) => {
      if (waiting === undefined && (await encoder.receive(encoded))) waiting = sender.frameAt(encoded.pts);
      if (waiting === undefined && !sender.isEnded()) return false;
      const repeated = sender.takeRepeatBefore(waiting ?? Number.POSITIVE_INFINITY);
      if (repeated !== undefined) {
        fill(packet, pictures.repeated(repeated), repeated);
        packet.flags = AV_PKT_FLAG_DISPOSABLE;
      } else if (waiting !== undefined) {
        fill(packet, pictures.encoded(required(encoded.data, 'data in a packet'), waiting), waiting);
        packet.flags = encoded.flags;
        waiting = undefined;
      } else return false;
      return true;
    },
    [Symbol.dispose]: () => encoded.free(),
  };
}
