import {
  AV_BUFFERSRC_FLAG_KEEP_REF,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_OPT_SEARCH_CHILDREN,
  AV_OPT_TYPE_DOUBLE,
  AV_SAMPLE_FMT_FLT,
} from 'node-av/constants';
import { Filter, type FilterContext, FilterGraph, Frame } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import { check, failingAs, required } from './ffmpeg.ts';

/** How loud a whole programme is, as EBU R128 and ITU-R BS.1770 measure it. */
export interface Loudness {
  /** Integrated loudness; {@link silenceLufs} when nothing is above it. */
  readonly lufs: number;
  /** Highest true peak of any channel; {@link silenceDbtp} when there is none above it. */
  readonly truePeakDbtp: number;
}

/** The gate below which R128 counts nothing. */
export const silenceLufs = -70;
export const silenceDbtp = -120;

export interface LoudnessMeter extends Disposable {
  /** Takes the next samples: 48 kHz, interleaved stereo. */
  push(block: Float32Array): void;
  /** Once, after everything was pushed. */
  finish(): Loudness;
}

/**
 * Measures a sound file, or the sound of a video, after decoding.
 *
 * @throws {AuraError} audio_invalid
 */
export function measureLoudness(file: string, signal?: AbortSignal): Promise<Loudness> {
  return failingAs({ code: 'audio_invalid', signal }, async () => {
    using meter = await createLoudnessMeter();
    for await (const block of decodeAudio({ file, channels: 2, signal })) meter.push(block);
    return meter.finish();
  });
}

/** FFmpeg's own ebur128 filter, fed by hand. Without true peaks it is several times as fast. */
export async function createLoudnessMeter({ hasTruePeak = true } = {}): Promise<LoudnessMeter> {
  const graph = new FilterGraph();
  graph.alloc();
  const input = addFilter(
    graph,
    'abuffer',
    `sample_rate=${sampleRate}:sample_fmt=flt:channel_layout=stereo:time_base=1/${sampleRate}`,
  );
  const meter = addFilter(graph, 'ebur128', `peak=${hasTruePeak ? 'true' : 'none'}:framelog=quiet`);
  const output = addFilter(graph, 'abuffersink');
  check(input.link(0, meter, 0), 'set up the loudness meter');
  check(meter.link(0, output, 0), 'set up the loudness meter');
  check(await graph.config(), 'set up the loudness meter');
  const measured = new Frame();
  measured.alloc();
  let pushed = 0;
  const feed = (frame: Frame | null) => {
    check(input.buffersrcAddFrameSync(frame, AV_BUFFERSRC_FLAG_KEEP_REF), 'measure the loudness');
    while (output.buffersinkGetFrameSync(measured) >= 0) measured.unref();
  };
  const push = (block: Float32Array) => {
    if (block.length === 0) return;
    using frame = stereoFrame(block, pushed);
    pushed += block.length / 2;
    feed(frame);
  };
  return {
    push,
    finish: () => {
      if (pushed < shortestSamples) push(new Float32Array((shortestSamples - pushed) * 2));
      feed(null);
      return readMeter(meter);
    },
    [Symbol.dispose]: () => {
      measured.free();
      graph.free();
    },
  };
}

/** R128 looks at 400 ms at a time; shorter sounds are followed by silence. */
const shortestSamples = 0.5 * sampleRate;

function addFilter(graph: FilterGraph, name: string, settings?: string): FilterContext {
  const filter = required(Filter.getByName(name), `filter ${name}`);
  return required(graph.createFilter(filter, name, settings ?? null), `filter ${name}`);
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

function readMeter(meter: FilterContext): Loudness {
  const read = (name: string) => meter.getOption(name, AV_OPT_TYPE_DOUBLE, AV_OPT_SEARCH_CHILDREN);
  return {
    lufs: atLeast(silenceLufs, read('integrated')),
    truePeakDbtp: atLeast(silenceDbtp, read('true_peak')),
  };
}

/** The meter says minus infinity, or nothing, for silence. */
function atLeast(floor: number, value: number | null): number {
  return value !== null && value > floor ? value : floor;
}
