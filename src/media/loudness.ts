import { AV_OPT_SEARCH_CHILDREN, AV_OPT_TYPE_DOUBLE } from 'node-av/constants';
import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import { failingAs } from './ffmpeg.ts';
import { gainToDecibels } from './gain-curve.ts';
import { openSoundFilter } from './sound-filter.ts';
import { createTruePeakMeter } from './true-peak.ts';

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

/**
 * FFmpeg's own ebur128 filter, fed by hand. It finds true peaks too, but ours passes over what is low, and is many times
 * as fast.
 */
export async function createLoudnessMeter(): Promise<LoudnessMeter> {
  const filter = await openSoundFilter([{ name: 'ebur128', settings: 'framelog=quiet' }]);
  const peaks = createTruePeakMeter();
  let pushed = 0;
  const feed = (block: Float32Array | null) => {
    // What comes out is the sound as it went in.
    for (const _ of filter.push(block));
  };
  return {
    push: (block) => {
      feed(block);
      peaks.push(block);
      pushed += block.length / 2;
    },
    finish: () => {
      if (pushed < shortestSamples) feed(new Float32Array((shortestSamples - pushed) * 2));
      feed(null);
      const lufs = filter.last.getOption('integrated', AV_OPT_TYPE_DOUBLE, AV_OPT_SEARCH_CHILDREN);
      const truePeakDbtp = gainToDecibels(peaks.finish());
      return { lufs: atLeast(silenceLufs, lufs), truePeakDbtp: atLeast(silenceDbtp, truePeakDbtp) };
    },
    [Symbol.dispose]: () => filter[Symbol.dispose](),
  };
}

/** R128 looks at 400 ms at a time; shorter sounds are followed by silence. In samples at 48 kHz. */
export const shortestSamples = 0.5 * sampleRate;

/** The meter says minus infinity, or nothing, for silence. */
function atLeast(floor: number, value: number | null): number {
  return value !== null && value > floor ? value : floor;
}
