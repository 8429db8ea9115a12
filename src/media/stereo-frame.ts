import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_S16,
  type AVSampleFormat,
} from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';

/**
 * Samples, 48 kHz stereo, as FFmpeg wants them. The caller frees the frame.
 *
 * @param block interleaved.
 * @param sampleFormat floats, interleaved or one channel after the other, or interleaved 16-bit numbers.
 */
export function stereoFrame(
  block: Float32Array,
  { startSample, sampleFormat }: { startSample: number; sampleFormat: AVSampleFormat },
): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = sampleFormat;
  frame.sampleRate = sampleRate;
  frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  frame.nbSamples = block.length / 2;
  check(frame.getBuffer(0), 'allocate samples');
  frame.pts = BigInt(startSample);
  const planes = required(frame.data, 'samples');
  if (sampleFormat === AV_SAMPLE_FMT_FLT) fillInterleaved(required(planes[0], 'samples'), block);
  else if (sampleFormat === AV_SAMPLE_FMT_S16) fillRounded(required(planes[0], 'samples'), block);
  else fillPlanes(planes, block);
  return frame;
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
