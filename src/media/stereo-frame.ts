import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_S16,
  type AVSampleFormat,
} from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';

interface StereoSamples {
  /** Where the block begins. */
  readonly startSample: number;
  /** Floats, interleaved or one channel after the other, or interleaved 16-bit numbers. */
  readonly sampleFormat: AVSampleFormat;
}

/** Samples, 48 kHz stereo, as FFmpeg wants them. The caller frees the frame. @param block interleaved. */
export function stereoFrame(block: Float32Array, { startSample, sampleFormat }: StereoSamples): Frame {
  const frame = allocate(block.length / 2, sampleFormat);
  fill(frame, required(frame.data, 'samples'), { block, startSample });
  return frame;
}

/** Makes one frame after another, in the same memory as long as nobody holds on to it. */
export interface StereoFrames extends Disposable {
  /** The frame is valid until the next. @param block interleaved. */
  next(block: Float32Array, startSample: number): Frame;
}

export function createStereoFrames(sampleFormat: AVSampleFormat): StereoFrames {
  let last: { readonly frame: Frame; readonly planes: readonly Buffer[] } | undefined;
  const open = (sampleCount: number) => {
    if (last !== undefined && last.frame.nbSamples === sampleCount && last.frame.isWritable) return last;
    last?.frame.free();
    const frame = allocate(sampleCount, sampleFormat);
    last = { frame, planes: required(frame.data, 'samples') };
    return last;
  };
  return {
    next: (block, startSample) => {
      const { frame, planes } = open(block.length / 2);
      fill(frame, planes, { block, startSample });
      return frame;
    },
    [Symbol.dispose]: () => last?.frame.free(),
  };
}

function allocate(sampleCount: number, sampleFormat: AVSampleFormat): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = sampleFormat;
  frame.sampleRate = sampleRate;
  frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  frame.nbSamples = sampleCount;
  check(frame.getBuffer(0), 'allocate samples');
  return frame;
}

function fill(
  frame: Frame,
  planes: readonly Buffer[],
  { block, startSample }: { readonly block: Float32Array; readonly startSample: number },
): void {
  frame.pts = BigInt(startSample);
  if (frame.format === AV_SAMPLE_FMT_FLT) fillInterleaved(required(planes[0], 'samples'), block);
  else if (frame.format === AV_SAMPLE_FMT_S16) fillRounded(required(planes[0], 'samples'), block);
  else fillPlanes(planes, block);
}

function fillInterleaved(bytes: Buffer, block: Float32Array): void {
  new Float32Array(bytes.buffer, bytes.byteOffset, block.length).set(block);
}

function fillRounded(bytes: Buffer, block: Float32Array): void {
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, block.length);
  for (let index = 0; index < block.length; index += 1) {
    samples[index] = Math.max(-32_768, Math.min(32_767, Math.round((block[index] ?? 0) * 32_768)));
  }
}

function fillPlanes(planes: readonly Buffer[], block: Float32Array): void {
  for (const [channel, bytes] of planes.slice(0, 2).entries()) {
    const plane = new Float32Array(bytes.buffer, bytes.byteOffset, block.length / 2);
    for (let sample = 0; sample < plane.length; sample += 1) plane[sample] = block[sample * 2 + channel] ?? 0;
  }
}
