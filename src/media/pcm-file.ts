import { closeSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { sampleRate } from '../timeline/timeline.ts';
import { addTo } from './stereo.ts';

/** Sound on disk as raw 32-bit float samples, interleaved, 48 kHz: any part can be read and written, none is in memory. */
export interface PcmFile extends Disposable {
  readonly channels: 1 | 2;
  /** Per channel. */
  readonly sampleCount: number;
  /** Fills the block from a sample on. @throws {RangeError} beyond the end. */
  read(startSample: number, into: Float32Array): void;
  /** @throws {RangeError} beyond the end. */
  write(startSample: number, from: Float32Array): void;
}

/** Creates a silent one; disposing of it removes the file. */
export function createPcmFile(shape: { file: string; channels: 1 | 2; sampleCount: number }): PcmFile {
  const { file, channels, sampleCount } = shape;
  const descriptor = openSync(file, 'w+');
  ftruncateSync(descriptor, sampleCount * channels * 4);
  const place = (startSample: number, block: Float32Array): number => {
    const end = startSample + block.length / channels;
    if (startSample < 0 || end > sampleCount) {
      throw new RangeError(`samples ${startSample} to ${end} are not in 0 to ${sampleCount}`);
    }
    return startSample * channels * 4;
  };
  return {
    channels,
    sampleCount,
    read: (startSample, into) =>
      transfer(readSync, { descriptor, block: into, position: place(startSample, into) }),
    write: (startSample, from) =>
      transfer(writeSync, { descriptor, block: from, position: place(startSample, from) }),
    [Symbol.dispose]: () => {
      closeSync(descriptor);
      rmSync(file, { force: true });
    },
  };
}

/** Adds samples to what is there already; what would lie beyond the end is left out. */
export function addAt(pcm: PcmFile, startSample: number, block: Float32Array): void {
  const count = Math.min(block.length / pcm.channels, pcm.sampleCount - startSample);
  if (count <= 0) return;
  const sum = new Float32Array(count * pcm.channels);
  pcm.read(startSample, sum);
  addTo(sum, block);
  pcm.write(startSample, sum);
}

/**
 * The programme in spans of a second, the last one shorter. Between them messages such as a cancellation are let in.
 */
export async function* spans(
  sampleCount: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ startSample: number; count: number }> {
  for (let startSample = 0; startSample < sampleCount; startSample += sampleRate) {
    await setImmediate();
    signal?.throwIfAborted();
    yield { startSample, count: Math.min(sampleRate, sampleCount - startSample) };
  }
}

type Transfer = (
  descriptor: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
  position: number,
) => number;

interface Span {
  readonly descriptor: number;
  readonly block: Float32Array;
  readonly position: number;
}

/** The system may move less than was asked for at a time. */
function transfer(move: Transfer, { descriptor, block, position }: Span): void {
  const bytes = new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
  for (let done = 0; done < bytes.length; ) {
    const moved = move(descriptor, bytes, done, bytes.length - done, position + done);
    if (moved === 0) throw new Error('the sound file on disk ended early');
    done += moved;
  }
}
