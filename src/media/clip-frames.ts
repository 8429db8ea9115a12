import { AV_NOPTS_VALUE, AVERROR_EOF, AVERROR_INVALIDDATA, AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { type CodecContext, FFmpegError, type Frame, Packet, PosixError } from 'node-av/lib';
import { type ClipFile, type ClipSource, invalidClip, openClipSource } from './clip-source.ts';
import { check } from './ffmpeg.ts';
import { openDecoder } from './open-decoder.ts';

/** A clip's pictures one after the other, from any place on. */
export interface ClipFrames extends AsyncDisposable {
  /** Describes the clip; its context changes hands when a clip that cannot be searched begins again. */
  readonly source: ClipSource;
  /** Goes to a place from which the picture of that time, in ticks, and all later ones can be decoded. */
  seek(ticks: bigint): Promise<void>;
  /** Fills the frame with the next picture in the order they are shown, its `pts` always set. False at the end. */
  next(frame: Frame): Promise<boolean>;
}

export async function openClipFrames(clip: ClipFile): Promise<ClipFrames> {
  const state = await openAtStart(clip);
  return {
    get source() {
      return state.source;
    },
    seek: (ticks) => seek(state, ticks),
    next: (frame) => next(state, frame),
    [Symbol.asyncDispose]: async () => {
      state.packet.free();
      await close(state);
    },
  };
}

interface Reading {
  readonly clip: ClipFile;
  source: ClipSource;
  decoder: CodecContext;
  readonly packet: Packet;
  /** The packet was read ahead, and is to be decoded next. */
  isPacketWaiting: boolean;
  isDrained: boolean;
  /** Pictures before the first keyframe's lean on what was not decoded: they are not shown. Unset until it is read. */
  firstTicks: bigint | undefined;
  lastTicks: bigint;
}

async function openAtStart(clip: ClipFile): Promise<Reading> {
  const { source, decoder } = await openBoth(clip);
  const packet = new Packet();
  packet.alloc();
  return { clip, source, decoder, packet, ...fresh };
}

const fresh = { isPacketWaiting: false, isDrained: false, firstTicks: undefined, lastTicks: AV_NOPTS_VALUE };

async function openBoth(clip: ClipFile): Promise<{ source: ClipSource; decoder: CodecContext }> {
  const source = await openClipSource(clip);
  try {
    return { source, decoder: await openDecoder(source.stream) };
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw invalidClip(clip, 'holds a kind of video that cannot be decoded', error);
  }
}

async function close({ decoder, source }: Reading): Promise<void> {
  decoder.freeContext();
  await source[Symbol.asyncDispose]();
}

async function seek(state: Reading, ticks: bigint): Promise<void> {
  // Files are searched by the time of decoding, and a keyframe decoded in time may be shown too late: then one more back.
  for (let target = ticks; ; ) {
    const key = await keyframeAt(state, target);
    if (key === undefined) return startAgain(state);
    if (key.shownTicks <= ticks) return;
    if (key.decodedTicks <= state.source.startTicks || key.decodedTicks > target) return startAgain(state);
    target = key.decodedTicks - 1n;
  }
}

/** Jumps to the keyframe at or before a time, as the file's index has it; undefined where that does not work. */
async function keyframeAt(
  state: Reading,
  ticks: bigint,
): Promise<{ shownTicks: bigint; decodedTicks: bigint } | undefined> {
  const { source, packet } = state;
  // Every picture of a GIF is painted on the one before, and it has no index.
  if (source.isGif) return undefined;
  if ((await source.context.seekFrame(source.stream.index, ticks, AVSEEK_FLAG_BACKWARD)) < 0)
    return undefined;
  // A new decoder: after a flush, the one for HEVC still gives a picture it had ready from before.
  const decoder = await openDecoder(source.stream);
  state.decoder.freeContext();
  state.decoder = decoder;
  if (state.isPacketWaiting) packet.unref();
  Object.assign(state, fresh);
  do {
    if (!readPacket(state)) return undefined;
  } while (!packet.isKeyframe);
  if (packet.pts === AV_NOPTS_VALUE) return undefined;
  state.isPacketWaiting = true;
  const decodedTicks = packet.dts === AV_NOPTS_VALUE ? packet.pts : packet.dts;
  return { shownTicks: packet.pts, decodedTicks };
}

async function startAgain(state: Reading): Promise<void> {
  if (state.isPacketWaiting) state.packet.unref();
  await close(state);
  Object.assign(state, await openBoth(state.clip), fresh);
}

/** Reads the next packet of the video into `packet`. False at the end; an unreadable rest is an end too. */
function readPacket({ source, packet }: Reading): boolean {
  for (;;) {
    packet.unref();
    const code = source.context.readFrameSync(packet);
    if (code === AVERROR_EOF || code === AVERROR_INVALIDDATA) return false;
    check(code, 'read the video');
    if (packet.streamIndex === source.stream.index) return true;
  }
}

async function next(state: Reading, frame: Frame): Promise<boolean> {
  for (;;) {
    frame.unref();
    const code = await state.decoder.receiveFrame(frame);
    if (code === AVERROR_EOF) return false;
    if (code === FFmpegError.AVERROR(PosixError.EAGAIN)) await feed(state);
    else if (code >= 0 && isShown(state, frame)) return true;
    else if (code < 0 && code !== AVERROR_INVALIDDATA) check(code, 'decode the video');
  }
}

async function feed(state: Reading): Promise<void> {
  const { decoder, packet } = state;
  const isOpen = state.isPacketWaiting || (!state.isDrained && readPacket(state));
  state.isPacketWaiting = false;
  state.isDrained = !isOpen;
  if (isOpen) state.firstTicks ??= packet.pts;
  const code = await decoder.sendPacket(isOpen ? packet : null);
  packet.unref();
  // A damaged picture is left out: the one before it stays.
  if (code !== AVERROR_INVALIDDATA && code !== AVERROR_EOF) check(code, 'decode the video');
}

function isShown(state: Reading, frame: Frame): boolean {
  const ticks = frame.bestEffortTimestamp;
  if (ticks !== AV_NOPTS_VALUE) frame.pts = ticks;
  else frame.pts = state.lastTicks === AV_NOPTS_VALUE ? state.source.startTicks : state.lastTicks + 1n;
  const isReady = state.firstTicks === undefined || frame.pts >= state.firstTicks;
  const isLater = state.lastTicks === AV_NOPTS_VALUE || frame.pts > state.lastTicks;
  if (isReady && isLater) state.lastTicks = frame.pts;
  return isReady && isLater;
}
