import { AVERROR_EOF } from 'node-av/constants';
import { FFmpegError, PosixError } from 'node-av/lib';
import { check } from './ffmpeg.ts';

/** Fills the target with a codec's next output. False when it needs more input, or has ended. */
export async function receiveInto<T>(
  target: T,
  receive: (target: T) => number | Promise<number>,
): Promise<boolean> {
  const code = await receive(target);
  if (code === FFmpegError.AVERROR(PosixError.EAGAIN) || code === AVERROR_EOF) return false;
  check(code, 'receive from the codec');
  return true;
}
