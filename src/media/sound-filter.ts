import { AV_SAMPLE_FMT_FLT } from 'node-av/constants';
import { type FilterContext, Frame } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';
import { type FilterStep, openFilterRow } from './filter-row.ts';
import { stereoFrame } from './stereo-frame.ts';

/** FFmpeg filters in a row, fed by hand with 48 kHz interleaved stereo. */
export interface SoundFilter extends Disposable {
  /** The last filter before the output, to ask for what it measured. */
  readonly last: FilterContext;
  /** Takes the next samples, or nothing more after `null`; yields what comes out, valid until the next. */
  push(block: Float32Array | null): Generator<Float32Array>;
}

/** @param filters names and settings, in the order the sound goes through them. */
export async function openSoundFilter(filters: readonly FilterStep[]): Promise<SoundFilter> {
  const row = await openFilterRow({
    source: { name: 'abuffer', settings: inputFormat },
    filters,
    sink: 'abuffersink',
  });
  const filtered = new Frame();
  filtered.alloc();
  let pushed = 0;
  return {
    last: row.last,
    *push(block) {
      if (block?.length === 0) return;
      using frame =
        block === null
          ? undefined
          : stereoFrame(block, { startSample: pushed, sampleFormat: AV_SAMPLE_FMT_FLT });
      pushed += frame?.nbSamples ?? 0;
      check(row.source.buffersrcAddFrameSync(frame ?? null), 'filter the sound');
      yield* receive(row.sink, filtered);
    },
    [Symbol.dispose]: () => {
      filtered.free();
      row[Symbol.dispose]();
    },
  };
}

const inputFormat = `sample_rate=${sampleRate}:sample_fmt=flt:channel_layout=stereo:time_base=1/${sampleRate}`;

function* receive(output: FilterContext, filtered: Frame): Generator<Float32Array> {
  while (output.buffersinkGetFrameSync(filtered) >= 0) {
    const bytes = required(filtered.data?.[0], 'samples');
    yield new Float32Array(bytes.buffer, bytes.byteOffset, filtered.nbSamples * 2);
    filtered.unref();
  }
}
