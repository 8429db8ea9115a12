import { setImmediate } from 'node:timers/promises';
import { AVERROR_EOF, AVERROR_INVALIDDATA, AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { type CodecContext, type FormatContext, Frame, Packet, type Stream } from 'node-av/lib';
import { AuraError } from '../protocol/index.ts';
import { check } from './ffmpeg.ts';
import { openDecoder } from './open-decoder.ts';

export interface AudioSource {
  readonly file: string;
  /** What people call the file, for errors; its path when absent. */
  readonly name?: string | undefined;
  /** FFmpeg's names of the formats it may be; `audioFormats` when absent. */
  readonly formats?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A sound track of an opened file. */
export interface SoundTrack {
  readonly context: FormatContext;
  readonly stream: Stream;
  readonly source: AudioSource;
}

export function invalidSound({ file, name }: AudioSource, what: string, cause?: unknown): AuraError {
  return new AuraError('audio_invalid', `"${name ?? file}" ${what}.`, { cause });
}

/**
 * Decodes a track; the same frame object every time.
 *
 * @param fromSeconds near which to begin, on the file's own clock; at its beginning when absent.
 * @throws {AuraError} audio_invalid
 */
export async function* soundFrames(track: SoundTrack, fromSeconds?: number): AsyncGenerator<Frame> {
  const { context, stream } = track;
  if (fromSeconds !== undefined && fromSeconds > runUpSeconds) {
    const ticks = Math.floor(((fromSeconds - runUpSeconds) * stream.timeBase.den) / stream.timeBase.num);
    // Where a file cannot be searched, what comes before is decoded too.
    context.seekFrameSync(stream.index, BigInt(ticks), AVSEEK_FLAG_BACKWARD);
  }
  yield* decodeFrames(track);
}

/** What a decoder may need to hear before its sound is the same as if it had begun at the beginning. */
const runUpSeconds = 1;

async function* decodeFrames({ context, stream, source }: SoundTrack): AsyncGenerator<Frame> {
  using decoder = await openDecoder(stream).catch((error: unknown) => {
    throw invalidSound(source, 'holds a kind of sound that cannot be decoded', error);
  });
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  let packets = 0;
  let damaged = 0;
  for (let isOpen = true; isOpen; ) {
    if (packets % packetsPerTurn === 0) await takeTurn(source);
    isOpen = readPacket(context, packet);
    packets += 1;
    if (isOpen && packet.streamIndex !== stream.index) {
      packet.unref();
      continue;
    }
    const sent = decoder.sendPacketSync(isOpen ? packet : null);
    packet.unref();
    if (sent === AVERROR_INVALIDDATA) damaged += 1;
    else if (sent !== AVERROR_EOF) check(sent, 'decode the sound');
    damaged += yield* receiveFrames(decoder, frame);
  }
  // One bad packet is common at either end of a good MP3; more is a broken file.
  if (damaged > 1 + packets * toleratedDamage) throw invalidSound(source, 'is damaged');
}

/** Between these, messages such as a cancellation are let in, and whatever other threads have finished. */
const packetsPerTurn = 20;
const toleratedDamage = 0.01;

async function takeTurn({ signal }: AudioSource): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

function readPacket(context: FormatContext, packet: Packet): boolean {
  const code = context.readFrameSync(packet);
  if (code === AVERROR_EOF || code === AVERROR_INVALIDDATA) return false;
  check(code, 'read the sound');
  return true;
}

/** Yields what is decoded; returns how much of it was damaged. */
function* receiveFrames(decoder: CodecContext, frame: Frame): Generator<Frame, number> {
  let damaged = 0;
  for (;;) {
    const code = decoder.receiveFrameSync(frame);
    if (code === AVERROR_INVALIDDATA) damaged += 1;
    else if (code < 0) return damaged;
    else {
      yield frame;
      frame.unref();
    }
  }
}
