import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CHANNEL_ORDER_UNSPEC,
  AV_SAMPLE_FMT_FLT,
} from 'node-av/constants';
import { Frame, SoftwareResampleContext } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';

/** Brings decoded sound of any kind to 48 kHz, interleaved 32-bit float. */
export interface Resampler extends Disposable {
  push(frame: Frame): Generator<Float32Array>;
  flush(): Generator<Float32Array>;
}

/** Output sample n lies at the same moment as input sample n x (input rate / 48000): swr takes its filter's delay out. */
export function createResampler(channels: 1 | 2): Resampler {
  const context = new SoftwareResampleContext();
  context.alloc();
  const output = new Frame();
  output.alloc();
  let isConfigured = false;
  function* convert(input: Frame | null): Generator<Float32Array> {
    output.format = AV_SAMPLE_FMT_FLT;
    output.sampleRate = sampleRate;
    output.channelLayout = channels === 1 ? AV_CHANNEL_LAYOUT_MONO : AV_CHANNEL_LAYOUT_STEREO;
    check(context.convertFrame(output, input), 'resample');
    const bytes = output.nbSamples > 0 ? required(output.data?.[0], 'samples') : undefined;
    // A copy: the native memory is gone after unref.
    const block =
      bytes && new Float32Array(bytes.buffer, bytes.byteOffset, output.nbSamples * channels).slice();
    output.unref();
    if (block !== undefined) yield silenceNonNumbers(block);
  }
  return {
    push: (frame) => {
      isConfigured = true;
      nameLayout(frame);
      return convert(frame);
    },
    *flush() {
      if (isConfigured) yield* convert(null);
    },
    [Symbol.dispose]: () => {
      output.free();
      context.free();
    },
  };
}

/** A file of floats may hold infinities and NaN, and one of them would spoil every sum it is part of. In place. */
function silenceNonNumbers(block: Float32Array): Float32Array {
  for (let index = 0; index < block.length; index += 1) {
    // Only of these is the difference to itself not zero.
    const sample = block[index] ?? 0;
    if (sample - sample !== 0) block[index] = 0;
  }
  return block;
}

/** A file may say how many channels it has and not which; swr takes that for a change unless it is said. */
function nameLayout(frame: Frame): void {
  if (frame.channelLayout.order !== AV_CHANNEL_ORDER_UNSPEC) return;
  const layout = [AV_CHANNEL_LAYOUT_MONO, AV_CHANNEL_LAYOUT_STEREO][frame.channels - 1];
  if (layout === undefined) throw new Error(`it has ${frame.channels} channels and does not say which`);
  frame.channelLayout = layout;
}
