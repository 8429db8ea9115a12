import { AV_CHANNEL_LAYOUT_STEREO, AV_SAMPLE_FMT_FLT } from 'node-av/constants';
import { Filter, type FilterContext, FilterGraph, Frame } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';

/** FFmpeg filters in a row, fed by hand with 48 kHz interleaved stereo. */
export interface SoundFilter extends Disposable {
  /** The last filter before the output, to ask for what it measured. */
  readonly last: FilterContext;
  /** Takes the next samples, or nothing more after `null`; yields what comes out, valid until the next. */
  push(block: Float32Array | null): Generator<Float32Array>;
}

/** @param filters names and settings, in the order the sound goes through them. */
export async function openSoundFilter(
  filters: readonly { readonly name: string; readonly settings: string }[],
): Promise<SoundFilter> {
  const graph = new FilterGraph();
  graph.alloc();
  const input = addFilter(graph, 'abuffer', inputFormat);
  const output = addFilter(graph, 'abuffersink', '');
  let last = input;
  for (const { name, settings } of filters) last = linked(last, addFilter(graph, name, settings), name);
  linked(last, output, 'output');
  check(await graph.config(), 'set up the sound filters');
  const filtered = new Frame();
  filtered.alloc();
  let pushed = 0;
  return {
    last,
    *push(block) {
      if (block?.length === 0) return;
      using frame = block === null ? undefined : stereoFrame(block, pushed);
      pushed += frame?.nbSamples ?? 0;
      check(input.buffersrcAddFrameSync(frame ?? null), 'filter the sound');
      yield* receive(output, filtered);
    },
    [Symbol.dispose]: () => {
      filtered.free();
      graph.free();
    },
  };
}

const inputFormat = `sample_rate=${sampleRate}:sample_fmt=flt:channel_layout=stereo:time_base=1/${sampleRate}`;

function linked(from: FilterContext, to: FilterContext, name: string): FilterContext {
  check(from.link(0, to, 0), `set up the filter ${name}`);
  return to;
}

function addFilter(graph: FilterGraph, name: string, settings: string): FilterContext {
  const filter = required(Filter.getByName(name), `filter ${name}`);
  return required(graph.createFilter(filter, name, settings), `filter ${name}`);
}

function stereoFrame(block: Float32Array, startSample: number): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.format = AV_SAMPLE_FMT_FLT;
  frame.sampleRate = sampleRate;
  frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  frame.nbSamples = block.length / 2;
  check(frame.getBuffer(0), 'allocate samples');
  frame.pts = BigInt(startSample);
  required(frame.data?.[0], 'samples').set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength));
  return frame;
}

function* receive(output: FilterContext, filtered: Frame): Generator<Float32Array> {
  while (output.buffersinkGetFrameSync(filtered) >= 0) {
    const bytes = required(filtered.data?.[0], 'samples');
    yield new Float32Array(bytes.buffer, bytes.byteOffset, filtered.nbSamples * 2);
    filtered.unref();
  }
}
