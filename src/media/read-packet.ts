import { setImmediate } from 'node:timers/promises';
import { AVERROR_EOF } from 'node-av/constants';
import type { FormatContext, Packet } from 'node-av/lib';
import { check } from './ffmpeg.ts';

/**
 * Fills in the next packet of a file. Done on this thread: from the system's cache it takes a few microseconds, and the way
 * to another thread and back ten times as long. @returns false at the file's end.
 *
 * @param what is being done, for the error.
 */
export async function readPacket(context: FormatContext, packet: Packet, what: string): Promise<boolean> {
  packetsRead += 1;
  if (packetsRead % packetsPerTurn === 0) await setImmediate();
  // The next one is put where the last one was; beside it, memory would be taken anew each time.
  packet.unref();
  const code = context.readFrameSync(packet);
  if (code === AVERROR_EOF) return false;
  check(code, what);
  return true;
}

let packetsRead = 0;

/** Between these, messages are let in: that the parent is gone, for one. */
const packetsPerTurn = 200;
